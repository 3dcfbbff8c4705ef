using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Frames.Queue;

namespace Camfx.Effects.Plugin;

/// <summary>
/// The queue a plug-in reads: each frame is copied into it, while somebody is attached. It outlives the program, so a plug-in that is started
/// again finds the same queue.
/// </summary>
/// <remarks>Thread-bound to the render thread but for the host's calls.</remarks>
internal sealed class PluginInput : IFrameQueueHost, IDisposable
{
    // One for the frame kept here; two for the plug-in and two for its predecessor, whose connection may end after the next has begun.
    private const int KeptHere = 1, LeaseLimit = KeptHere + 2 * FrameQueueServer.MaxShare;

    private readonly FrameQueueWriter _writer;
    private readonly LocalConsumer _keeper;
    private int _attached;
    private FrameLease _kept;

    public PluginInput(CameraMode mode)
    {
        _writer = FrameQueueWriter.Create(new FrameQueueOptions(
            "plugin", FrameLayout.Packed(PixelFormat.I420, mode.Width, mode.Height), ColorMatrix.Bt601, ColorRange.Limited,
            mode.FrameRate.Numerator, mode.FrameRate.Denominator, LeaseLimit, Generation: 1));
        _keeper = _writer.AddConsumer(KeptHere);
    }

    /// <summary>Whether anybody takes the frames. Thread-safe.</summary>
    public bool IsTaken => Volatile.Read(ref _attached) > 0;

    /// <summary>Bytes of a frame.</summary>
    public int FrameSize => _writer.Layout.Size;

    /// <summary>The frame that was published last: valid until the next.</summary>
    public FrameView Newest { get; private set; }

    /// <summary>The frame kept; empty when there is none.</summary>
    public FrameView Kept => _keeper.Leased > 0 ? _kept.View : default;

    /// <summary>Copies a frame into the queue: the one copy on the way to the plug-in. False in the case that never comes, that no slot is free.</summary>
    public bool TryPublish(in FrameView picture, long presentationTime)
    {
        if (!_writer.TryBegin(out FrameSlot slot)) return false;
        slot = slot.With(picture.Matrix);
        Imaging.FrameCopy.Copy(picture, slot.View);
        _writer.Publish(slot, new FrameTiming(presentationTime, presentationTime));
        Newest = slot.View;
        return true;
    }

    /// <summary>Keeps the newest frame, so that it can be shown once more later; costs no copy.</summary>
    public void Keep()
    {
        LetGo();
        _ = _keeper.TryLeaseNewest(out _kept);
    }

    /// <summary>The frame kept is not needed any more.</summary>
    public void LetGo()
    {
        if (_keeper.Leased > 0) _keeper.Release(_kept.Slot);
    }

    public void Dispose()
    {
        _keeper.Dispose();
        _writer.Dispose();
    }

    FrameQueueWriter? IFrameQueueHost.Open(uint fourcc, out string refusal)
    {
        refusal = $"this camera's effects work on 'YU12' pictures, not '{FourCC.ToString(fourcc)}'";
        return fourcc == 0 || PixelFormatInfo.FromFourCC(fourcc) == PixelFormat.I420 ? _writer : null;
    }

    void IFrameQueueHost.Abandoned(FrameQueueWriter queue)
    {
    }

    void IFrameQueueHost.Attached(FrameQueueClient client) => Interlocked.Increment(ref _attached);

    void IFrameQueueHost.Detached(FrameQueueClient client) => Interlocked.Decrement(ref _attached);
}
