using Camfx.FFmpeg.Interop;
using Camfx.Frames;
using static Camfx.FFmpeg.Interop.LibAv;
using static Camfx.FFmpeg.Interop.LibAvFormat;
using static Camfx.FFmpeg.Interop.LibAvUtil;

namespace Camfx.FFmpeg;

/// <summary>One opened container and its best video stream; every other stream is told to throw its packets away.</summary>
/// <remarks>Thread-bound.</remarks>
internal sealed unsafe class Demuxer : IDisposable
{
    private readonly MediaLocation _location;
    private readonly VideoReaderOptions _options;
    private readonly Interruption _interruption;
    private readonly bool _analyze;
    private AVFormatContext* _context;

    /// <summary>Opens the input and chooses the stream.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="options">How to open it.</param>
    /// <param name="interruption">Ends a wait for input.</param>
    /// <param name="analyze">Whether to read on until frame rate and pixel format are known: that decodes pictures, so a still is not analysed.</param>
    /// <exception cref="AvException">It cannot be opened or has no pictures.</exception>
    internal Demuxer(MediaLocation location, VideoReaderOptions options, Interruption interruption, bool analyze = true)
    {
        _analyze = analyze;
        _location = location;
        _options = options;
        _interruption = interruption;
        location.Check();
        Open();
    }

    internal AVFormatContext* Context => _context;

    internal AVStream* Stream { get; private set; }

    /// <summary>Whether a packet is of the chosen stream.</summary>
    internal bool IsOurs(AVPacket* packet) => packet->stream_index == Stream->index;

    /// <summary>The next packet of any stream: 0 or an error code.</summary>
    internal int Read(AVPacket* packet) => av_read_frame(_context, packet);

    /// <summary>Goes to the last key frame at or before a time of the stream. The start is reached even where the format cannot seek.</summary>
    /// <exception cref="AvException">The input cannot go back.</exception>
    internal void Seek(long timestamp, bool toStart)
    {
        int error = av_seek_frame(_context, Stream->index, timestamp, AVSEEK_FLAG_BACKWARD);
        if (error >= 0) return;
        if (!toStart || !_location.IsFile)
            throw new AvException(
                AvFailure.NotSeekable, nameof(av_seek_frame), _location.Name,
                $"'{_location.Name}' cannot be played from another place than where it is; play it from its start, or convert it to MP4.", error);
        Close();
        Open();
    }

    public void Dispose() => Close();

    private void Open()
    {
        AVFormatContext* context = avformat_alloc_context();
        if (context == null) throw AvException.OutOfMemory(nameof(avformat_alloc_context), _location.Name);
        context->interrupt_callback = _interruption.Callback;
        AVInputFormat* format = FindFormat();
        AVDictionary* options = null;
        foreach ((string key, string value) in _options.InputOptions) _ = av_dict_set(&options, key, value, 0);
        int error = avformat_open_input(&context, _location.Url, format, &options);
        av_dict_free(&options);
        if (error < 0) throw _location.OpenFailed(error, nameof(avformat_open_input));

        _context = context;
        try
        {
            if (_analyze) FindStreams();
            Stream = ChooseStream();
        }
        catch
        {
            Close();
            throw;
        }
    }

    private AVInputFormat* FindFormat()
    {
        if (_options.Format is not { } name) return null;
        AVInputFormat* format = av_find_input_format(name);
        return format != null ? format : throw AvException.FromCode(AVERROR_DEMUXER_NOT_FOUND, nameof(av_find_input_format), _location.Name);
    }

    private void FindStreams()
    {
        // Finding out about streams may decode a picture: one that is too large must be refused there already.
        uint count = _context->nb_streams;
        nint* options = stackalloc nint[(int)Math.Min(count, 64)];
        for (int i = 0; i < Math.Min(count, 64); i++)
        {
            options[i] = 0;
            _ = av_dict_set((AVDictionary**)&options[i], "max_pixels", Decoder.MaxPixels.ToString(), 0);
        }

        int error = avformat_find_stream_info(_context, count <= 64 ? (AVDictionary**)options : null);
        for (int i = 0; i < Math.Min(count, 64); i++) av_dict_free((AVDictionary**)&options[i]);

        // An interrupted search reports what it has found so far as a success.
        if (_interruption.IsRequested) error = AVERROR_EXIT;
        if (error < 0) throw AvException.FromCode(error, nameof(avformat_find_stream_info), _location.Name);
    }

    private AVStream* ChooseStream()
    {
        AVCodec* decoder = null;
        int best = av_find_best_stream(_context, AVMEDIA_TYPE_VIDEO, -1, -1, &decoder, 0);
        if (best < 0) throw AvException.FromCode(best, nameof(av_find_best_stream), _location.Name);

        // A cover picture is a video stream of one frame; it is taken only when there is nothing else.
        if (IsCover(_context->streams[best]))
        {
            for (int i = 0; i < _context->nb_streams; i++)
            {
                AVStream* other = _context->streams[i];
                if (other->codecpar->codec_type != AVMEDIA_TYPE_VIDEO || IsCover(other)) continue;
                best = i;
                break;
            }
        }

        for (int i = 0; i < _context->nb_streams; i++)
            _context->streams[i]->discard = i == best ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
        AVStream* stream = _context->streams[best];
        if (stream->codecpar->width > FrameLayout.MaxDimension || stream->codecpar->height > FrameLayout.MaxDimension)
            throw Decoder.TooLarge(_location.Name, stream->codecpar->width, stream->codecpar->height);
        return stream;
    }

    private void Close()
    {
        Stream = null;
        AVFormatContext* context = _context;
        avformat_close_input(&context);
        _context = null;
    }

    private static bool IsCover(AVStream* stream) => (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
}
