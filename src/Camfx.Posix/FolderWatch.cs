using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>Tells, through a descriptor one can poll, that something has appeared or changed in a folder (inotify(7)).</summary>
/// <remarks>Thread-safe. It says only that something came, not what: who waits for a file looks for it, before the first wait too.</remarks>
public sealed class FolderWatch : IDisposable
{
    private FolderWatch(FileDescriptor descriptor) => Descriptor = descriptor;

    /// <summary>What to poll: readable when something has appeared or changed.</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>Begins to watch.</summary>
    /// <param name="folder">An existing folder. What happens in it is noticed, not what happens further down.</param>
    /// <param name="changes">What to tell of.</param>
    /// <exception cref="PosixException">ENOENT, ENOTDIR: no such folder. ENOSPC, EMFILE: the user has no watch left.</exception>
    public static FolderWatch Create(string folder, FolderChanges changes = FolderChanges.Appeared)
    {
        uint mask = Libc.IN_ONLYDIR;
        if (changes.HasFlag(FolderChanges.Appeared)) mask |= Libc.IN_CREATE | Libc.IN_MOVED_TO;
        if (changes.HasFlag(FolderChanges.Removed)) mask |= Libc.IN_DELETE | Libc.IN_MOVED_FROM;
        if (changes.HasFlag(FolderChanges.Permissions)) mask |= Libc.IN_ATTRIB;
        return new FolderWatch(Inotify.Watch(folder, mask, "watch the folder"));
    }

    /// <summary>Makes the descriptor unreadable again.</summary>
    /// <returns>Whether anything had happened since the last time.</returns>
    /// <exception cref="PosixException">The descriptor cannot be read.</exception>
    public bool Drain() => Inotify.Drain(Descriptor, "read what has happened in a folder");

    /// <summary>Ends the watch.</summary>
    public void Dispose() => Descriptor.Dispose();
}
