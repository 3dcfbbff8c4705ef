using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Posix;

namespace Camfx.Effects.Plugin;

/// <summary>
/// Reads the queue one run of a plug-in gives its pictures in, on a thread of its own, and offers each to the render thread. The plug-in may be
/// hostile: whatever it breaks becomes <see cref="Failure"/>.
/// </summary>
internal sealed class PluginOutput : IDisposable
{
    private const long AnswerTime = 5_000_000_000, ListenTime = 1_000_000_000, FirstPause = 5_000_000;

    // A plug-in that gives pictures much faster than the camera shows them costs no more wake-ups than these many a frame.
    private const int MostPicturesPerFrame = 4;

    private readonly string _path;
    private readonly CameraMode _mode;
    private readonly FinishedPictures _pictures;
    private readonly Action<long> _came;
    private readonly EventFd _ended;
    private readonly Thread _thread;
    private readonly EventFd _end = EventFd.Create();
    private volatile bool _stop;
    private volatile string? _failure;

    /// <summary>Starts to read.</summary>
    /// <param name="path">The plug-in's socket.</param>
    /// <param name="mode">What its pictures must be like.</param>
    /// <param name="pictures">Where they go.</param>
    /// <param name="came">Called on the thread with each one's presentation time.</param>
    /// <param name="ended">Signalled when <see cref="Failure"/> is set.</param>
    public PluginOutput(string path, CameraMode mode, FinishedPictures pictures, Action<long> came, EventFd ended)
    {
        _path = path;
        _mode = mode;
        _pictures = pictures;
        _came = came;
        _ended = ended;
        _thread = new Thread(Run) { IsBackground = true, Name = "plug-in out" };
        _thread.Start();
    }

    /// <summary>Why no more pictures come, as it follows the plug-in's name; null while they may.</summary>
    public string? Failure => _failure;

    /// <summary>Ends the thread: at once, or within a second when frames came just before.</summary>
    public void Dispose()
    {
        _stop = true;
        _end.Signal();
        _pictures.Ring();
        _thread.Join();
        _end.Dispose();
    }

    private void Run()
    {
        try
        {
            using FrameQueueConnection connection = Connect();
            try
            {
                Read(connection);
            }
            finally
            {
                _pictures.Clear();
            }
        }
        catch (Exception failure)
        {
            // Whatever a hostile program makes go wrong here must not end more than its own pictures.
            _failure = $"gives pictures that cannot be used: {failure.Message}";
        }

        _ended.Signal();
    }

    /// <summary>Connects; a program that has bound its socket and does not listen yet gets a moment.</summary>
    private FrameQueueConnection Connect()
    {
        long deadline = MonotonicClock.Now + ListenTime;
        for (long pause = FirstPause; ; pause *= 2)
        {
            try
            {
                return FrameQueueConnection.Connect(
                    _path, FourCC.Pack("YU12"), limits: new QueueLimits(QueueLimits.Default.MaxSlots, LargestSlot()), timeoutNs: AnswerTime, end: _end);
            }
            catch (QueueException failure) when (failure.Error == QueueError.NoSuchQueue && !_stop && MonotonicClock.Now < deadline)
            {
                Pause(MonotonicClock.Now + pause);
            }
        }
    }

    private void Read(FrameQueueConnection connection)
    {
        if (!IsUsable(connection.Reader)) return;
        long interval = _mode.FrameRate.Interval / MostPicturesPerFrame;
        while (!_stop)
        {
            switch (connection.Wait(connection.Reader.LastSequence, Futex.NoDeadline))
            {
                case QueueEvent.Frame:
                    if (_pictures.TryRenew(connection.Reader, out long presentationTime)) _came(presentationTime);
                    Pause(MonotonicClock.Now + interval);
                    break;
                case QueueEvent.NewQueue:
                    _pictures.Clear();
                    if (!IsUsable(connection.Reader)) return;
                    break;
                case QueueEvent.Ended:
                    _failure = "has closed its queue";
                    return;
            }
        }
    }

    private void Pause(long until)
    {
        while (!_stop && MonotonicClock.Now < until) _pictures.Sleep(until);
    }

    private bool IsUsable(FrameQueueReader reader)
    {
        FrameLayout layout = reader.Layout;
        if (layout.Format != PixelFormat.I420 || layout.Width != _mode.Width || layout.Height != _mode.Height)
        {
            _failure = $"gives {layout.Width}x{layout.Height} {layout.Format} pictures; "
                + $"it must give what it gets, {_mode.Width}x{_mode.Height} I420 ('YU12')";
        }
        else if (reader.Share == 0)
        {
            _failure = "lets nobody hold a picture; it must grant at least one lease";
        }

        return _failure is null;
    }

    // Rows may be padded as the plug-in likes, within reason.
    private long LargestSlot() => Math.Max(1 << 20, 4L * _mode.Width * _mode.Height);
}
