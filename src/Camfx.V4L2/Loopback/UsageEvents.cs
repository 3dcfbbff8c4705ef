using Camfx.Posix;
using static Camfx.V4L2.Interop.LoopbackDev;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2;

/// <summary>
/// v4l2loopback's event that tells whether somebody streams from a node (0.13 and later). It says that a streaming owner exists and nothing more:
/// programs that only look fire it, too, so whoever acts on it waits a little.
/// </summary>
/// <remarks>Thread-bound to the user of the open file. The descriptor answers <see cref="PollEvents.Priority"/> when there is one to read.</remarks>
public sealed unsafe class UsageEvents
{
    private readonly IVideoFile _file;
    private readonly uint _type;

    private UsageEvents(IVideoFile file, uint type)
    {
        _file = file;
        _type = type;
    }

    /// <summary>The event's number: 0x10E00001 upstream, 0x08000000 where Ubuntu's OEM kernels brought it first.</summary>
    public uint EventType => _type;

    /// <summary>Subscribes on an open node; the present state comes as a first event.</summary>
    /// <returns>Null: this version has no such event.</returns>
    /// <exception cref="VideoException">Gone.</exception>
    public static UsageEvents? TrySubscribe(IVideoFile file) =>
        Subscribe(file, V4L2_EVENT_PRI_CLIENT_USAGE) ?? Subscribe(file, V4L2LOOPBACK_EVENT_BASE);

    /// <summary>Reads every event that waits.</summary>
    /// <param name="watched">Whether somebody streams, as the last of them says.</param>
    /// <returns>False: there was none.</returns>
    /// <exception cref="VideoException">Gone.</exception>
    public bool TryRead(out bool watched)
    {
        watched = false;
        bool any = false;
        while (true)
        {
            v4l2_event happening = default;
            int result = _file.Send(VIDIOC_DQEVENT, ref happening);
            if (result < 0)
            {
                if (VideoException.Kind(-result) == VideoFailure.Gone) throw VideoException.FromErrno(-result, "read the events of", _file.Path);
                return any; // ENOENT: none is left.
            }

            if (happening.type != _type) continue;
            watched = *(uint*)happening.data != 0;
            any = true;
        }
    }

    private static UsageEvents? Subscribe(IVideoFile file, uint type)
    {
        // In a file that another process has used before, the subscription is there already, and no present state would come for another.
        v4l2_event_subscription last = new() { type = type };
        _ = file.Send(VIDIOC_UNSUBSCRIBE_EVENT, ref last);
        v4l2_event_subscription subscription = new() { type = type, flags = V4L2_EVENT_SUB_FL_SEND_INITIAL };
        int result = file.Send(VIDIOC_SUBSCRIBE_EVENT, ref subscription);
        if (result >= 0) return new UsageEvents(file, type);
        if (-result is Errno.ENODEV or Errno.ENXIO) throw VideoException.FromErrno(-result, "watch the readers of", file.Path);
        return null;
    }
}
