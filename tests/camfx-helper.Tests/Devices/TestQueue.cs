using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Helper.Devices;
using Camfx.Posix;

namespace Camfx.Helper.Tests.Devices;

/// <summary>A session's side of a queue: publishes flat pictures, and whatever a hostile one would.</summary>
internal sealed unsafe class TestQueue : IDisposable
{
    private readonly FrameQueueWriter _writer;
    private readonly RemoteConsumer _consumer;
    private readonly DeviceMode _mode;
    private readonly Func<long> _clock;

    public TestQueue(DeviceMode mode, Func<long> clock, int leases = 2, PixelFormat? format = null, int frameRate = 30)
    {
        _mode = mode;
        _clock = clock;
        FrameLayout layout = FrameLayout.Packed(format ?? mode.Format, mode.Width, mode.Height);
        _writer = FrameQueueWriter.Create(new FrameQueueOptions("test", layout, ColorMatrix.Bt601, ColorRange.Limited, frameRate, 1, leases, 1));
        _consumer = _writer.AddPassedConsumer(leases);
    }

    public FrameQueueWriter Writer => _writer;

    /// <summary>The start of its memory, writable as it is to the producer.</summary>
    public byte* Memory => _writer.SlotAddress(0) - _writer.SlotOffset(0);

    public FileDescriptor Control => _consumer.Control;

    public FileDescriptor Peer => _consumer.Peer!;

    public int Leased => _writer.Statistics.Leased;

    public AttachedQueue Attach(bool socket = true, params FileDescriptor[] dmaBufs) =>
        AttachedQueue.Open(_writer.Memory, _consumer.Control, socket ? _consumer.Peer : null, dmaBufs, _mode);

    /// <summary>Publishes a frame of which every byte is the same.</summary>
    public void Publish(byte value)
    {
        Assert.True(_writer.TryBegin(out FrameSlot slot));
        new Span<byte>(slot.View.Plane(0), _writer.Layout.Size).Fill(value);
        _writer.Publish(slot, new FrameTiming(_clock(), _clock()));
    }

    public void Dispose()
    {
        _consumer.Dispose();
        _writer.Dispose();
    }
}
