using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Frames.Queue;

namespace Camfx.Pipeline;

/// <summary>The frame queues of one camera: one for each pixel format that has been asked for. They live as long as the camera has its mode.</summary>
/// <param name="name">The camera's.</param>
/// <param name="mode">The camera's.</param>
/// <param name="generation">Which ones they are, from 1 on: a change of mode makes new ones.</param>
/// <remarks>Thread-safe; the render thread reads <see cref="All"/> without a lock.</remarks>
internal sealed class FormatQueues(string name, CameraMode mode, ulong generation = 1) : IDisposable
{
    /// <summary>
    /// Leases all consumers of one queue may hold together: PipeWire's share, a device's four, and two each for three more. Memory of a slot
    /// is taken only when it is first drawn into.
    /// </summary>
    public const int LeaseLimit = PipeWireShare + 4 + 3 * 2;

    /// <summary>Buffers PipeWire may hold at once. GStreamer keeps up to four of them in its pipeline.</summary>
    public const int PipeWireShare = 6;

    private readonly Lock _gate = new();
    private ImmutableArray<FormatQueue> _all = [];

    public ImmutableArray<FormatQueue> All => _all;

    /// <summary>The queue of a format, made if there is none yet.</summary>
    /// <param name="format">Any raw format.</param>
    /// <param name="dmaBufs">Slots that get a dma-buf if the queue is made now: afterwards it is too late, and a driver takes its next way.</param>
    public FormatQueue Of(PixelFormat format, int dmaBufs = 0)
    {
        lock (_gate)
        {
            foreach (FormatQueue queue in _all)
                if (queue.Format == format) return queue;
            var writer = FrameQueueWriter.Create(new FrameQueueOptions(
                name, FrameLayout.Packed(format, mode.Width, mode.Height), ColorMatrix.Bt601, ColorRange.Limited,
                mode.FrameRate.Numerator, mode.FrameRate.Denominator, LeaseLimit, generation)
            {
                DmaBufs = dmaBufs,
            });
            var added = new FormatQueue(format, writer);
            ImmutableInterlocked.Update(ref _all, static (all, queue) => all.Add(queue), added);
            return added;
        }
    }

    public void Dispose()
    {
        foreach (FormatQueue queue in _all) queue.Dispose();
    }
}
