using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Posix;

namespace Camfx.PipeWire.Tests.Producer;

/// <summary>A camera that shows the counter picture at its rate while somebody watches.</summary>
public sealed class CounterCamera : IFrameQueueHost, IDisposable
{
    private readonly Lock _lock = new();
    private readonly CameraNodeOptions _options;
    private readonly Thread _renderer;
    private FrameQueueWriter? _queue;
    private uint _counter;
    private ulong _generation;
    private volatile bool _ended;

    /// <summary>Makes the camera and its node; <see cref="Start"/> announces it.</summary>
    public CounterCamera(CameraNodeOptions options)
    {
        _options = options;
        Node = new CameraNode(options, this);
        _renderer = new Thread(Render) { Name = "render", IsBackground = true };
    }

    /// <summary>The node.</summary>
    public CameraNode Node { get; }

    /// <summary>Formats queues were made for so far, in order.</summary>
    public List<PixelFormat> Opened { get; } = [];

    /// <summary>Queues given back so far.</summary>
    public int Closed { get; private set; }

    /// <summary>Inode of the queue's memory; 0 while there is none.</summary>
    public ulong MemoryInode
    {
        get
        {
            lock (_lock) return _queue is null ? 0 : (ulong)FileStatus.Of(_queue.Memory).Inode;
        }
    }

    /// <summary>Announces the camera and begins to draw.</summary>
    public void Start()
    {
        Node.Start();
        _renderer.Start();
    }

    /// <inheritdoc/>
    public FrameQueueWriter OpenQueue(PixelFormat format)
    {
        lock (_lock)
        {
            if (_queue?.Layout.Format == format) return _queue;
        }

        FrameLayout layout = FrameLayout.Packed(format, _options.Width, _options.Height);
        FrameQueueWriter queue = FrameQueueWriter.Create(new FrameQueueOptions(
            _options.Name, layout, ColorMatrix.Bt601, ColorRange.Limited, _options.FrameRateNumerator, _options.FrameRateDenominator,
            _options.Share, ++_generation));
        lock (_lock)
        {
            Opened.Add(format);
            _queue?.Dispose();
            _queue = queue;
        }

        return queue;
    }

    /// <inheritdoc/>
    public void CloseQueue(FrameQueueWriter queue)
    {
        // It stays with its last frame, as the camera's queues do, until another format is asked for.
        lock (_lock) Closed++;
    }

    /// <summary>Draws and publishes one frame, if a queue is open.</summary>
    public void PublishOne() => PublishOne(MonotonicClock.Now);

    /// <summary>Draws and publishes one frame of another time.</summary>
    /// <param name="presentationTime">When it is said to be shown, CLOCK_MONOTONIC in ns.</param>
    public void PublishOne(long presentationTime)
    {
        lock (_lock)
        {
            if (_queue is null || !_queue.TryBegin(out FrameSlot slot)) return;
            CounterPicture.Draw(slot.View, (uint)RealtimeClock.NowMilliseconds, _counter++);
            _queue.Publish(slot, new FrameTiming(presentationTime, presentationTime));
        }

        Node.Offer();
    }

    /// <summary>Takes the camera back.</summary>
    public void Dispose()
    {
        _ended = true;
        if (_renderer.IsAlive) _renderer.Join();
        Node.Dispose();
        _queue?.Dispose();
    }

    private void Render()
    {
        long period = 1_000_000_000L * _options.FrameRateDenominator / _options.FrameRateNumerator;
        long next = MonotonicClock.Now;
        while (!_ended)
        {
            if (Node.Status.State == CameraNodeState.Streaming) PublishOne();
            next = Math.Max(next + period, MonotonicClock.Now - period);
            long wait = next - MonotonicClock.Now;
            if (wait > 0) Thread.Sleep(TimeSpan.FromTicks(wait / 100));
        }
    }
}
