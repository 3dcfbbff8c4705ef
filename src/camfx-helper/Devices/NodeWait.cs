using Camfx.DBus;
using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Helper.Devices;

/// <summary>
/// Waits until nodes can be used: they appear as root's, and udev gives them their owners a moment later. Nothing is polled: a change of the
/// folders is what it waits for.
/// </summary>
/// <remarks>Thread-bound to the loop's thread.</remarks>
internal sealed class NodeWait : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<string> _paths;
    private readonly Action<VideoException?> _done;
    private readonly List<IDisposable> _watches = [];
    private readonly string _udev;
    private bool _ended;

    private NodeWait(IReadOnlyList<string> paths, string udev, Action<VideoException?> done)
    {
        _paths = paths;
        _udev = udev;
        _done = done;
    }

    /// <summary>Begins.</summary>
    /// <param name="loop">Where to wait.</param>
    /// <param name="paths">The nodes; empty ones count as there.</param>
    /// <param name="done">Called once: null when all can be opened, else why one cannot, after some seconds or at once where waiting is in vain.</param>
    /// <param name="udev">udev's folder.</param>
    public static void Begin(BusLoop loop, IReadOnlyList<string> paths, Action<VideoException?> done, string udev = "/run/udev")
    {
        NodeWait wait = new(paths, udev, done);

        // The watches before the first look: what comes between is not missed.
        wait.Watch(loop, "/dev");
        wait.Watch(loop, Path.Combine(udev, "data"));
        wait._watches.Add(loop.After(s_patience, () => wait.Look(last: true)));
        wait.Look(last: false);
    }

    public void Dispose()
    {
        foreach (IDisposable watch in _watches) watch.Dispose();
        _watches.Clear();
    }

    private void Watch(BusLoop loop, string folder)
    {
        if (!Directory.Exists(folder)) return;
        FolderWatch watch = FolderWatch.Create(folder, FolderChanges.Appeared | FolderChanges.Permissions);
        _watches.Add(loop.Watch(watch.Descriptor, PollEvents.Readable, _ =>
        {
            watch.Drain();
            Look(last: false);
        }));
        _watches.Add(watch);
    }

    private void Look(bool last)
    {
        if (_ended) return;
        VideoException? trouble = null;
        bool known = true;
        foreach (string path in _paths)
        {
            if (path.Length == 0) continue;
            trouble = TryOpen(path);
            if (trouble is not null) break;
            known &= IsKnown(path);
        }

        // EPERM is what a service gets for devices that were not there when it started: it stays so for this process.
        bool ready = trouble is null && known, hopeless = trouble?.Errno == Errno.EPERM;
        if (!ready && !hopeless && !last) return;
        _ended = true;
        Dispose();
        _done(trouble);
    }

    private static VideoException? TryOpen(string path)
    {
        try
        {
            VideoFile.Open(path).Dispose();
            return null;
        }
        catch (VideoException failure)
        {
            return failure;
        }
    }

    /// <summary>Whether udev is done with a node, where there is a udev: before that, no program has been told of it.</summary>
    private bool IsKnown(string path)
    {
        if (!File.Exists(Path.Combine(_udev, "control")) || FileStatus.OfPath(path) is not { } status) return true;
        ulong number = status.DeviceNumber;
        ulong major = number >> 8 & 0xfff | number >> 32 & 0xfffff000, minor = number & 0xff | number >> 12 & 0xffffff00;
        return File.Exists(Path.Combine(_udev, $"data/c{major}:{minor}"));
    }
}
