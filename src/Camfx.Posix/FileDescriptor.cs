using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>
/// A file descriptor of this process. An owned one is closed when the handle is disposed (or, forgotten, when it is collected);
/// an unowned one belongs to somebody else, such as a library, and is only looked at.
/// </summary>
/// <remarks>Thread-safe: a call in progress on another thread keeps the descriptor open until it returns.</remarks>
public sealed class FileDescriptor : SafeHandle
{
    /// <summary>Wraps the number of an open descriptor.</summary>
    /// <param name="number">The descriptor's number; a negative number makes an invalid handle.</param>
    /// <param name="owned">Whether disposing the handle closes the descriptor.</param>
    public FileDescriptor(int number, bool owned)
        : base(invalidHandleValue: -1, owned) => SetHandle(number);

    /// <inheritdoc/>
    public override bool IsInvalid => handle < 0;

    /// <summary>
    /// The descriptor's number, for an interface that takes numbers. It is good for as long as this handle is open; keep the handle alive.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The handle is closed: its number may already belong to another file.</exception>
    public int Number
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (int)handle;
        }
    }

    /// <summary>A second, owned descriptor of the same open file, close-on-exec (fcntl F_DUPFD_CLOEXEC).</summary>
    /// <exception cref="PosixException">The process has no free descriptor (EMFILE), or this one is not open (EBADF).</exception>
    public FileDescriptor Duplicate()
    {
        int number = Libc.fcntl(this, Libc.F_DUPFD_CLOEXEC, 0);
        if (number < 0)
            throw PosixException.FromLastError("duplicate a file descriptor");
        return new FileDescriptor(number, owned: true);
    }

    /// <inheritdoc/>
    // Linux frees the number even when close reports EINTR or a late write error; a second close could hit another thread's new file.
    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}
