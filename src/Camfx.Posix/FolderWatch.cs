using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>Tells, through a descriptor one can poll, that something new has appeared in a folder (inotify(7)).</summary>
/// <remarks>Thread-safe. It says only that something came, not what: who waits for a file looks for it, before the first wait too.</remarks>
public sealed unsafe class FolderWatch : IDisposable
{
    // Room for some events with the longest names; what does not fit is read next time round.
    private const int BufferSize = 4096;

    private FolderWatch(FileDescriptor descriptor) => Descriptor = descriptor;

    /// <summary>What to poll: readable when something has appeared.</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>Begins to watch.</summary>
    /// <param name="folder">An existing folder. What is made in it or moved into it is noticed, not what happens further down.</param>
    /// <exception cref="PosixException">ENOENT, ENOTDIR: no such folder. ENOSPC, EMFILE: the user has no watch left.</exception>
    public static FolderWatch Create(string folder)
    {
        int number = Libc.inotify_init1(Libc.IN_NONBLOCK | Libc.IN_CLOEXEC);
        if (number < 0)
            throw PosixException.FromLastError("watch the folder", folder);
        FileDescriptor descriptor = new(number, owned: true);
        if (Libc.inotify_add_watch(descriptor, folder, Libc.IN_CREATE | Libc.IN_MOVED_TO | Libc.IN_ONLYDIR) >= 0)
            return new FolderWatch(descriptor);
        PosixException failure = PosixException.FromLastError("watch the folder", folder);
        descriptor.Dispose();
        throw failure;
    }

    /// <summary>Makes the descriptor unreadable again.</summary>
    /// <returns>Whether anything had appeared since the last time.</returns>
    /// <exception cref="PosixException">The descriptor cannot be read.</exception>
    public bool Drain()
    {
        byte* events = stackalloc byte[BufferSize];
        bool any = false;
        while (true)
        {
            if (Libc.read(Descriptor, events, BufferSize) > 0)
            {
                any = true;
                continue;
            }

            int errno = Marshal.GetLastPInvokeError();
            if (errno == Errno.EAGAIN)
                return any;
            if (errno != Errno.EINTR)
                throw PosixException.FromErrno(errno, "read what has appeared in a folder");
        }
    }

    /// <summary>Ends the watch.</summary>
    public void Dispose() => Descriptor.Dispose();
}
