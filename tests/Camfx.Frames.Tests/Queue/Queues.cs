using Camfx.Frames.Queue;

namespace Camfx.Frames.Tests.Queue;

/// <summary>Small queues for tests.</summary>
internal static class Queues
{
    public static readonly FrameLayout SmallLayout = FrameLayout.Packed(PixelFormat.I420, 64, 48);

    public static FrameQueueOptions Options(int leaseLimit = 4, FrameLayout? layout = null, ulong generation = 1) =>
        new("test", layout ?? SmallLayout, ColorMatrix.Bt709, ColorRange.Limited, 30, 1, leaseLimit, generation);

    public static FrameQueueWriter Writer(int leaseLimit = 4) => FrameQueueWriter.Create(Options(leaseLimit));

    /// <summary>Publishes one frame whose capture time is its number.</summary>
    public static ulong PublishOne(FrameQueueWriter writer, FrameFlags flags = FrameFlags.None)
    {
        Assert.True(writer.TryBegin(out FrameSlot slot));
        return writer.Publish(slot, new FrameTiming((long)writer.NewestSequence + 1, (long)writer.NewestSequence + 2), flags);
    }
}
