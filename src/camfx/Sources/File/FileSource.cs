using System.Globalization;
using Camfx.Configuration;
using Camfx.FFmpeg;
using Camfx.Frames;
using Camfx.Pipeline;

namespace Camfx.Sources.File;

/// <summary>
/// The source <c>file:PATH[?loop=1&amp;start=S&amp;threads=N]</c>: anything libav reads, at its own pace. A thread decodes a few frames ahead; which of
/// them a tick shows is decided by their time stamps alone, so a file of the camera's rate shows each frame exactly once.
/// </summary>
internal sealed class FileSource : ISharedSource
{
    /// <summary>
    /// Frames decoded ahead, and how few of them let the decoder begin again. It works in bursts: after a sleep the caches are cold, and one
    /// wake-up for several frames makes each of them cheaper.
    /// </summary>
    private const int Ahead = 10, Low = 1;

    /// <summary>Decoder threads if the URI does not say: each one more costs some ten megabytes.</summary>
    private const int UsualThreads = 2;

    private readonly string _path;
    private readonly bool _loop;
    private readonly long _start;
    private readonly int _threads;
    private readonly long _tolerance;
    private readonly PictureFitter _fitter;
    private readonly Lock _gate = new();
    private readonly FrameRing _ring = new(Ahead);
    private readonly Alarm _room = new();
    private readonly Thread _thread;
    private Action _arrived = static () => { };
    private readonly CancellationTokenSource _stop = new();
    private volatile CamfxException? _failure;
    private RingFrame? _shown;
    private int _rotation;
    private double _pixelAspect = 1;
    private long _anchor;

    private FileSource(string path, bool loop, long start, int threads, CameraMode mode)
    {
        _path = path;
        _loop = loop;
        _start = start;
        _threads = threads;
        _tolerance = mode.FrameRate.Interval / 4;
        _fitter = new PictureFitter(mode.Width, mode.Height);
        _thread = new Thread(Decode) { Name = "camfx file", IsBackground = true };
    }

    public long Dropped { get; private set; }

    /// <exception cref="CamfxException">No path, or a key that cannot be.</exception>
    public static FileSource Create(SourceUri uri, CameraMode mode)
    {
        uri.AllowKeys("loop", "start", "threads");
        if (uri.Path.Length == 0) throw CamfxException.Usage("The source 'file:' names no file; write for example file:clip.mp4.");
        bool loop = uri.Value("loop") switch
        {
            null or "0" => false,
            "1" => true,
            string other => throw CamfxException.Usage($"The source '{uri.Text}' cannot take loop={other}; it takes 0 or 1."),
        };
        return new FileSource(uri.Path, loop, Start(uri), (int)Number(uri, "threads", 1, 16, UsualThreads), mode);
    }

    public void Probe() => Open().Dispose();

    public void Start(Action arrived)
    {
        _arrived = arrived;
        _thread.Start();
    }

    public bool Draw(in FrameView target, long time, out PictureInfo picture) => Draw(_fitter, target, time, out picture);

    public bool Draw(PictureFitter fitter, in FrameView target, long time, out PictureInfo picture)
    {
        picture = default;
        bool low, isThere;
        lock (_gate)
        {
            // Held while the pixels are read: what another camera takes from the ring would be filled again.
            low = Advance(time);
            isThere = _shown is not null;
            if (_shown is not null)
            {
                FrameView frame = _shown.Frame.View;
                fitter.Fit(frame, _rotation, _pixelAspect, target);
                picture = new PictureInfo(Math.Min(_shown.Time + _anchor, time), PictureFitter.MatrixOf(frame), _shown.Frame.IsCorrupted);
            }
            else if (_failure is not null)
            {
                throw _failure;
            }
        }

        if (low) _room.Ring();
        return isThere;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _room.Ring();
        if (_thread.IsAlive) _thread.Join();
        _stop.Dispose();
        _ring.Dispose();
        _fitter.Dispose();
    }

    private static long Start(SourceUri uri) => (long)(Number(uri, "start", 0, 1e6, 0) * 1e9);

    private static double Number(SourceUri uri, string key, double least, double most, double usual)
    {
        if (uri.Value(key) is not { } text) return usual;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value >= least && value <= most
            ? value
            : throw CamfxException.Usage($"The source '{uri.Text}' cannot take {key}={text}; it takes a number from {least} to {most}.");
    }

    /// <summary>Takes the frame this tick shows: the last one that is due. The first one is due when it is asked for.</summary>
    /// <returns>Whether the decoder is to begin again.</returns>
    private bool Advance(long time)
    {
        bool popped = false;
        while (_ring.HasNext)
        {
            if (_shown is null) _anchor = time - _ring.Next.Time;
            if (_ring.Next.Time + _anchor > time + _tolerance) break;
            if (popped) Dropped++;
            _shown = _ring.Pop();
            popped = true;
        }

        if (!_ring.HasNext && _failure is { } failure) throw failure;
        return popped && _ring.Count <= Low;
    }

    private void Decode()
    {
        try
        {
            using VideoReader reader = Open();
            _rotation = reader.Rotation;
            if (reader.SampleAspectRatio.IsKnown) _pixelAspect = reader.SampleAspectRatio.Value;
            long offset = 0, end = 0;
            while (!_stop.IsCancellationRequested)
            {
                if (_ring.IsFull)
                {
                    _room.Sleep(long.MaxValue);
                    continue;
                }

                RingFrame back = _ring.Back;
                ReadResult result = reader.TryRead(back.Frame);
                if (result == ReadResult.Canceled) return;
                if (result == ReadResult.EndOfStream)
                {
                    // Without loop the last picture stays: a camera does not vanish when its film ends.
                    if (!_loop || end == offset) return;
                    offset = end;
                    reader.Seek(_start);
                    continue;
                }

                back.Time = offset + back.Frame.PresentationTime - _start;
                end = back.Time + back.Frame.Duration;
                _ring.Push();
                _arrived();
            }
        }
        catch (Exception failure)
        {
            if (!_stop.IsCancellationRequested) Fail(failure);
        }
    }

    private void Fail(Exception failure)
    {
        _failure = failure switch
        {
            CamfxException known => known,
            AvException refused => CamfxException.Of(refused),
            _ => new CamfxException(ExitCode.Failed, failure.Message, failure),
        };
        _arrived();
    }

    private VideoReader Open()
    {
        try
        {
            VideoReader reader = VideoReader.OpenFile(_path, new VideoReaderOptions { Threads = _threads }, _stop.Token);
            if (_start > 0) reader.Seek(_start);
            return reader;
        }
        catch (AvException failure)
        {
            throw CamfxException.Of(failure);
        }
    }
}
