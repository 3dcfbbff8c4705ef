using Camfx.FFmpeg.Conversion;
using Camfx.FFmpeg.Interop;
using Camfx.Frames;
using static Camfx.FFmpeg.Interop.LibAvFormat;

namespace Camfx.FFmpeg;

/// <summary>
/// Reads the pictures of a file or address one by one, as fast as it is asked: pace, loop and dropping are the caller's. Pictures come by
/// reference (<see cref="DecodedFrame"/>); only formats camfx has no kernels for are converted on the way.
/// </summary>
/// <remarks>Thread-bound, except <see cref="Cancel"/>. A reader that may be blocked is cancelled first and disposed of by the thread that reads.</remarks>
public sealed unsafe class VideoReader : IDisposable
{
    private readonly Interruption _interruption = new();
    private readonly CancellationTokenRegistration _cancel;
    private readonly string _path;
    private readonly PictureStream _stream;
    private readonly StreamClock _clock;
    private readonly PixelConverter _converter = new();
    private AVFrame* _unconverted;
    private long _skipBefore = long.MinValue;

    private VideoReader(MediaLocation location, VideoReaderOptions options, CancellationToken cancel)
    {
        LibAvLog.Silence();
        _path = location.Name;
        _cancel = cancel.Register(static interruption => ((Interruption)interruption!).Request(), _interruption);
        try
        {
            _stream = new PictureStream(location, options, _interruption);
            AVStream* stream = _stream.Stream;
            Width = stream->codecpar->width;
            Height = stream->codecpar->height;
            FrameRate = Rational.From(av_guess_frame_rate(_stream.Context, stream, null));
            SampleAspectRatio = Rational.From(av_guess_sample_aspect_ratio(_stream.Context, stream, null));
            Rotation = StreamFacts.Rotation(stream);
            Duration = StreamFacts.Duration(_stream.Context, stream);
            FormatName = Utf8.Text(_stream.Context->iformat->name);
            _clock = new StreamClock(new TimeBase(stream->time_base), stream->start_time, FrameRate);
            _unconverted = LibAvUtil.av_frame_alloc();
            if (_unconverted == null) throw AvException.OutOfMemory(nameof(LibAvUtil.av_frame_alloc), _path);
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
    public string CodecName => _stream.CodecName;

    /// <summary>The demuxer, e.g. <c>matroska,webm</c>.</summary>
    public string FormatName { get; }

    /// <summary>Packets the demuxer or the decoder refused, and that were skipped.</summary>
    public long CorruptedPackets => _stream.CorruptedPackets;

    /// <summary>Opens a file of this machine.</summary>
    /// <param name="path">Taken literally: no protocol, no pattern.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancel">Does what <see cref="Cancel"/> does, from the opening until the reader is disposed of.</param>
    /// <exception cref="AvException">It cannot be played; the message says why.</exception>
    /// <exception cref="DllNotFoundException">FFmpeg's libraries are not installed.</exception>
    public static VideoReader OpenFile(string path, VideoReaderOptions? options = null, CancellationToken cancel = default) =>
        new(MediaLocation.File(path), options ?? new VideoReaderOptions(), cancel);

    /// <summary>Opens an address with a protocol libavformat knows, e.g. <c>rtsp://host/stream</c>.</summary>
    /// <param name="url">The address.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancel">Does what <see cref="Cancel"/> does, from the opening until the reader is disposed of.</param>
    /// <exception cref="AvException">It cannot be played; the message says why.</exception>
    /// <exception cref="DllNotFoundException">FFmpeg's libraries are not installed.</exception>
    public static VideoReader OpenUrl(string url, VideoReaderOptions? options = null, CancellationToken cancel = default) =>
        new(MediaLocation.Address(url), options ?? new VideoReaderOptions(), cancel);

    /// <summary>Decodes the next picture into <paramref name="frame"/>, whose old one is given up first.</summary>
    /// <exception cref="AvException">The stream cannot be read any further. Damaged spots are skipped and counted, not thrown.</exception>
    public ReadResult TryRead(DecodedFrame frame)
    {
        ReadResult result;
        do
        {
            frame.Clear();
            result = _stream.Next(frame.Native);
        }
        while (result == ReadResult.Frame && !Accept(frame));

        return result;
    }

    /// <summary>Goes to a time: the next picture is the one shown then.</summary>
    /// <param name="time">ns from the stream's first picture, 0 or more. 0 works for any file; other times need an input that can seek.</param>
    /// <exception cref="AvException">The input cannot go there.</exception>
    public void Seek(long time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(time);
        _stream.Seek(_clock.ToTimestamp(time), toStart: time == 0);
        _clock.Restart(time);
        _skipBefore = time == 0 ? long.MinValue : time;
    }

    /// <summary>Makes a read that waits, and every later one, end with <see cref="ReadResult.Canceled"/>. Thread-safe.</summary>
    public void Cancel() => _interruption.Request();

    /// <summary>Closes everything. Frames already read stay valid.</summary>
    public void Dispose()
    {
        _cancel.Dispose();
        AVFrame* frame = _unconverted;
        LibAvUtil.av_frame_free(&frame);
        _unconverted = null;
        _converter.Dispose();
        _stream?.Dispose();
    }

    // Says what the frame holds; false for one that is not to be shown.
    private bool Accept(DecodedFrame frame)
    {
        AVFrame* native = frame.Native;
        long duration = _clock.Duration(native->duration);
        long time = _clock.Advance(native->best_effort_timestamp, duration);
        if (time + duration <= _skipBefore) return false;
        _skipBefore = long.MinValue;

        // A negative stride is a picture that is stored bottom up (uncompressed AVI); camfx's kernels go downwards only.
        if (PixelFormatMap.FromLibAv(native->format) == PixelFormat.Unknown || native->linesize[0] < 0) Convert(native);
        frame.Describe(time, duration);
        return true;
    }

    private void Convert(AVFrame* frame)
    {
        LibAvUtil.av_frame_move_ref(_unconverted, frame);
        int error = _converter.Convert(_unconverted, frame, PixelConverter.TargetFormat(_unconverted->format));
        if (error < 0)
        {
            string format = Utf8.Text(LibAvUtil.av_pix_fmt_desc_get(_unconverted->format)->name);
            throw new AvException(
                AvFailure.NoCodec, nameof(LibSwScale.sws_scale), _path,
                $"'{_path}' has pixels in the format {format}, which cannot be converted; convert it to H.264, VP9 or MJPEG.", error);
        }

        LibAvUtil.av_frame_unref(_unconverted);
    }
}
