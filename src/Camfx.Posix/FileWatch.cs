using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>
/// Tells, through a descriptor one can poll, that somebody let go of a file, that its permissions are others, or that it is gone (inotify(7)): what
/// one waits for when somebody else holds a device.
/// </summary>
/// <remarks>Thread-safe. This process's own closing of the file is told too.</remarks>
public sealed class FileWatch : IDisposable
{
    private FileWatch(FileDescriptor descriptor) => Descriptor = descriptor;

    /// <summary>What to poll: readable when something has happened.</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>Begins to watch.</summary>
    /// <exception cref="PosixException">ENOENT: no such file. EACCES: it may not be read. ENOSPC, EMFILE: the user has no watch left.</exception>
    public static FileWatch Create(string path) =>
        new(Inotify.Watch(path, Libc.IN_CLOSE_WRITE | Libc.IN_CLOSE_NOWRITE | Libc.IN_ATTRIB | Libc.IN_DELETE_SELF, "watch the file"));

    /// <summary>Makes the descriptor unreadable again.</summary>
    /// <returns>Whether anything had happened since the last time.</returns>
    /// <exception cref="PosixException">The descriptor cannot be read.</exception>
    public bool Drain() => Inotify.Drain(Descriptor, "read what has happened to a file");

    /// <summary>Ends the watch.</summary>
    public void Dispose() => Descriptor.Dispose();
}
