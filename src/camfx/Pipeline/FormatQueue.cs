using Camfx.Frames;
using Camfx.Frames.Queue;

namespace Camfx.Pipeline;

/// <summary>
/// The frame queue of one pixel format of the camera, and how many outputs want it. Frames are rendered once and converted once for each
/// format that is wanted; a format nobody wants costs nothing.
/// </summary>
internal sealed class FormatQueue(PixelFormat format, FrameQueueWriter writer) : IDisposable
{
    private int _wanted;

    public PixelFormat Format => format;

    /// <summary>The queue. Publishing belongs to the render thread.</summary>
    public FrameQueueWriter Writer => writer;

    /// <summary>Whether frames are to be put into it.</summary>
    public bool IsWanted => Volatile.Read(ref _wanted) > 0;

    public void Want() => Interlocked.Increment(ref _wanted);

    public void Unwant() => Interlocked.Decrement(ref _wanted);

    public void Dispose() => writer.Dispose();
}
