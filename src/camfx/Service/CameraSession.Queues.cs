using System.Collections.Immutable;
using Camfx.DBus;
using Camfx.Frames;
using Camfx.Imaging;
using Camfx.Pipeline;
using Camfx.Posix;
using Camfx.Sinks;
using Camfx.Sinks.Queue;

namespace Camfx.Service;

/// <content>Frame queues that were handed out over the bus.</content>
internal sealed partial class CameraSession
{
    private const int MostQueues = 3;

    private ImmutableArray<PassedQueue> _queues = [];

    /// <summary>Queues that were handed out and not given back.</summary>
    public ImmutableArray<PassedQueue> Queues => _queues;

    /// <summary>Everybody who watches.</summary>
    public IEnumerable<Consumer> Consumers =>
        (_camera?.Consumers ?? []).Concat(_queues.Select(static queue => queue.Consumer));

    /// <summary>Makes a consumer of the camera's queue.</summary>
    /// <param name="format">The pictures' format.</param>
    /// <param name="application">Who it is.</param>
    /// <param name="processId">Its process.</param>
    /// <exception cref="BusException">It cannot have one; the message says why.</exception>
    public PassedQueue OpenQueue(PixelFormat format, string application, int processId)
    {
        if (format == PixelFormat.Unknown || !(format == PixelFormat.I420 || Converter.CanConvert(PixelFormat.I420, format)))
            throw BusException.Unsupported($"The camera '{_record.Name}' has no such pictures; ask for YU12, NV12, YUYV or AR24.");
        Camera camera = _camera ?? throw BusException.Failed(_failure ?? "The camera is being made anew; call again.");
        if (_queues.Count(queue => queue.Format == format) >= MostQueues)
            throw BusException.LimitReached($"The camera '{_record.Name}' has {MostQueues} consumers of this kind already.");
        try
        {
            PassedQueue opened = camera.OpenQueue(format, new Consumer("queue", application, processId));
            ImmutableInterlocked.Update(ref _queues, static (all, added) => all.Add(added), opened);
            Changed?.Invoke();
            return opened;
        }
        catch (Exception failure) when (failure is PosixException or ObjectDisposedException)
        {
            throw BusException.Failed($"The queue could not be made: {failure.Message}");
        }
    }

    /// <summary>Ends a consumer.</summary>
    public void CloseQueue(PassedQueue queue)
    {
        ImmutableInterlocked.Update(ref _queues, static (all, ended) => all.Remove(ended), queue);
        queue.Dispose();
        Changed?.Invoke();
    }

    private void EndQueues()
    {
        foreach (PassedQueue queue in _queues) CloseQueue(queue);
    }
}
