using Camfx.FFmpeg.Conversion;
using Camfx.FFmpeg.Interop;
using Camfx.Frames;
using Camfx.Posix;
using static Camfx.FFmpeg.Interop.LibAv;
using static Camfx.FFmpeg.Interop.LibAvCodec;
using static Camfx.FFmpeg.Interop.LibAvFormat;

namespace Camfx.FFmpeg;

/// <summary>
/// Reads the pictures of a file or address one by one, as fast as it is asked: pace, loop and dropping are the caller's. Pictures come by
/// reference (<see cref="DecodedFrame"/>); only formats camfx has no kernels for are converted on the way.
/// </summary>
/// <remarks>Thread-bound, except <see cref="Cancel"/>. A reader that may be blocked is cancelled first and disposed of by the thread that reads.</remarks>
public sealed unsafe class VideoReader : IDisposable
{
    // So many failures in a row, with not one picture between them, are no damaged spot: the rest of the stream is unreadable.
    private const int FailureLimit = 500;

    private readonly string _path;
    private readonly Interruption _interruption;
    private readonly Demuxer _demuxer;
    private readonly Decoder _decoder;
    private readonly StreamClock _clock;
    private readonly PixelConverter _converter = new();
    private AVPacket* _packet;
    private AVFrame* _unconverted;
    private int _failures;
    private long _skipBefore = long.MinValue;
    private long _framesSinceSeek;
    private bool _atStart = true;

    private VideoReader(MediaLocation location, VideoReaderOptions options, Interruption interruption)
    {
        _path = location.Name;
        _interruption = interruption;
        LibAvLog.Silence();
        _demuxer = new Demuxer(location, options, interruption);
        try
        {
            AVStream* stream = _demuxer.Stream;
            _decoder = new Decoder(stream, options.Threads, _path);
            Width = stream->codecpar->width;
            Height = stream->codecpar->height;
            FrameRate = Rational.From(av_guess_frame_rate(_demuxer.Context, stream, null));
            SampleAspectRatio = Rational.From(av_guess_sample_aspect_ratio(_demuxer.Context, stream, null));
            Rotation = StreamFacts.Rotation(stream);
            Duration = StreamFacts.Duration(_demuxer.Context, stream);
            FormatName = Utf8.Text(_demuxer.Context->iformat->name);
            _clock = new StreamClock(new TimeBase(stream->time_base), stream->start_time, FrameRate);
            _packet = av_packet_alloc();
            _unconverted = LibAvUtil.av_frame_alloc();
            if (_packet == null || _unconverted == null) throw AvException.OutOfMemory(nameof(av_packet_alloc), _path);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Width of the coded pictures in pixels, before <see cref="Rotation"/>; a stream may change it, each frame says its own.</summary>
    public int Width { get; }

    /// <summary>Height of the coded pictures in pixels, before <see cref="Rotation"/>.</summary>
    public int Height { get; }

    /// <summary>Frames a second as the stream declares or libavformat found out; not known for some.</summary>
    public Rational FrameRate { get; }

    /// <summary>Width to height of one pixel; not known means square.</summary>
    public Rational SampleAspectRatio { get; }

    /// <summary>How far pictures must be turned clockwise to stand upright: 0, 90, 180 or 270 degrees.</summary>
    public int Rotation { get; }

    /// <summary>Length in ns, or 0 when it is not known (live streams).</summary>
    public long Duration { get; }

    /// <summary>The decoder, e.g. <c>h264</c>.</summary>
    public string CodecName => _decoder.CodecName;

    /// <summary>The demuxer, e.g. <c>matroska,webm</c>.</summary>
    public string FormatName { get; }

    /// <summary>Packets the demuxer or the decoder refused, and that were skipped.</summary>
    public long CorruptedPackets { get; private set; }

    /// <summary>Opens a file of this machine.</summary>
    /// <param name="path">Taken literally: no protocol, no pattern.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancel">Ends a wait for input.</param>
    /// <exception cref="AvException">It cannot be played; the message says why.</exception>
    /// <exception cref="DllNotFoundException">FFmpeg's libraries are not installed.</exception>
    public static VideoReader OpenFile(string path, VideoReaderOptions? options = null, CancellationToken cancel = default) =>
        Open(MediaLocation.File(path), options, cancel);

    /// <summary>Opens an address with a protocol libavformat knows, e.g. <c>rtsp://host/stream</c>.</summary>
    /// <param name="url">The address.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancel">Ends a wait for the network.</param>
    /// <exception cref="AvException">It cannot be played; the message says why.</exception>
    /// <exception cref="DllNotFoundException">FFmpeg's libraries are not installed.</exception>
    public static VideoReader OpenUrl(string url, VideoReaderOptions? options = null, CancellationToken cancel = default) =>
        Open(MediaLocation.Address(url), options, cancel);

    /// <summary>Decodes the next picture into <paramref name="frame"/>, whose old one is given up first.</summary>
    /// <exception cref="AvException">The stream cannot be read any further. Damaged spots are skipped and counted, not thrown.</exception>
    public ReadResult TryRead(DecodedFrame frame)
    {
        frame.Clear();
        while (!_interruption.IsRequested)
        {
            int error = _decoder.Receive(frame.Native);
            if (error == 0)
            {
                if (Accept(frame)) return ReadResult.Frame;
            }
            else if (error == AVERROR_EOF)
            {
                return EndOfStream();
            }
            else if (error == -Errno.EAGAIN)
            {
                Feed();
            }
            else
            {
                CountFailure(error, nameof(avcodec_receive_frame));
            }
        }

        return ReadResult.Canceled;
    }

    /// <summary>Goes to a time: the next picture is the one shown then.</summary>
    /// <param name="time">ns from the stream's first picture, 0 or more. 0 works for any file; other times need an input that can seek.</param>
    /// <exception cref="AvException">The input cannot go there.</exception>
    public void Seek(long time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(time);
        _demuxer.Seek(_clock.ToTimestamp(time), toStart: time == 0);
        _decoder.Flush();
        _clock.Restart(time);
        _skipBefore = time == 0 ? long.MinValue : time;
        _framesSinceSeek = 0;
        _atStart = time == 0;
        _failures = 0;
    }

    /// <summary>Makes a read that waits, and every later one, end with <see cref="ReadResult.Canceled"/>. Thread-safe.</summary>
    public void Cancel() => _interruption.Request();

    /// <summary>Closes everything. Frames already read stay valid.</summary>
    public void Dispose()
    {
        AVPacket* packet = _packet;
        av_packet_free(&packet);
        _packet = null;
        AVFrame* frame = _unconverted;
        LibAvUtil.av_frame_free(&frame);
        _unconverted = null;
        _converter.Dispose();
        _decoder?.Dispose();
        _demuxer.Dispose();
    }

    private static VideoReader Open(MediaLocation location, VideoReaderOptions? options, CancellationToken cancel)
    {
        var interruption = new Interruption();
        using CancellationTokenRegistration registration = cancel.Register(interruption.Request);
        return new VideoReader(location, options ?? new VideoReaderOptions(), interruption);
    }

    private bool Accept(DecodedFrame frame)
    {
        _failures = 0;
        AVFrame* native = frame.Native;
        long duration = _clock.Duration(native->duration);
        long time = _clock.Advance(native->best_effort_timestamp, duration);
        if (time + duration <= _skipBefore) return false;
        _skipBefore = long.MinValue;
        if (PixelFormatMap.FromLibAv(native->format) == PixelFormat.Unknown)
        {
            LibAvUtil.av_frame_move_ref(_unconverted, native);
            int error = _converter.Convert(_unconverted, native, PixelConverter.TargetFormat(_unconverted->format));
            LibAvUtil.av_frame_unref(_unconverted);
            if (error < 0)
            {
                frame.Clear();
                CountFailure(error, "sws_scale");
                return false;
            }
        }

        _framesSinceSeek++;
        frame.Describe(time, duration);
        return true;
    }

    private void Feed()
    {
        int error = _demuxer.Read(_packet);
        if (error >= 0)
        {
            if (_demuxer.IsOurs(_packet))
            {
                error = _decoder.Send(_packet);
                if (error < 0) CountFailure(error, nameof(avcodec_send_packet));
            }

            av_packet_unref(_packet);
        }
        else if (error == AVERROR_EOF)
        {
            _ = _decoder.Send(null);
        }
        else if (error != -Errno.EAGAIN && !_interruption.IsRequested)
        {
            CountFailure(error, nameof(av_read_frame));
        }
    }

    private ReadResult EndOfStream()
    {
        // A caller that loops would spin for ever on a stream that has a beginning, an end and nothing between them.
        if (_atStart && _framesSinceSeek == 0)
            throw new AvException(
                AvFailure.Damaged, nameof(avcodec_receive_frame), _path,
                $"'{_path}' has a video stream, but not one picture of it can be decoded; it is damaged: copy it again.");
        return ReadResult.EndOfStream;
    }

    private void CountFailure(int error, string operation)
    {
        CorruptedPackets++;
        if (++_failures < FailureLimit) return;
        throw new AvException(
            AvFailure.Damaged, operation, _path,
            $"'{_path}' is damaged from here on ({AvException.Describe(error)}); copy it again, or play another file.", error);
    }
}
