using Camfx.Frames;
using Camfx.Posix;
using Camfx.Sinks;
using Camfx.Sinks.Queue;

namespace Camfx.Pipeline;

// One consumer more is always possible.
internal sealed partial class Camera
{
    /// <summary>Adds a consumer that gets the queue of its format by descriptor, and watches until it is disposed.</summary>
    /// <param name="format">One that frames can be converted to.</param>
    /// <param name="consumer">Who it is.</param>
    /// <exception cref="PosixException">There are no descriptors for it.</exception>
    public PassedQueue OpenQueue(PixelFormat format, Consumer consumer)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return new PassedQueue(_stage.Queues.Of(format), _stage.Demand, consumer);
        }
    }
}
