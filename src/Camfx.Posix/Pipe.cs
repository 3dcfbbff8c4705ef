using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>A pipe (pipe(2)): what is written at one end is read at the other. Both ends are close-on-exec and blocking.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed unsafe class Pipe : IDisposable
{
    private Pipe(FileDescriptor reading, FileDescriptor writing)
    {
        Reading = reading;
        Writing = writing;
    }

    /// <summary>The end to read, or to poll.</summary>
    public FileDescriptor Reading { get; }

    /// <summary>The end to write. The reader sees the end when the last copy of it is closed.</summary>
    public FileDescriptor Writing { get; }

    /// <summary>Makes one.</summary>
    /// <exception cref="PosixException">No free descriptor (EMFILE, ENFILE).</exception>
    public static Pipe Create()
    {
        int* ends = stackalloc int[2];
        if (Libc.pipe2(ends, Libc.O_CLOEXEC) < 0)
            throw PosixException.FromLastError("create a pipe");
        return new Pipe(new FileDescriptor(ends[0], owned: true), new FileDescriptor(ends[1], owned: true));
    }

    /// <summary>Reads what is there, waiting for it if there is nothing yet.</summary>
    /// <returns>Bytes read; 0 when every writing end is closed.</returns>
    /// <exception cref="PosixException">The descriptor cannot be read.</exception>
    public int Read(Span<byte> buffer)
    {
        fixed (byte* first = buffer)
        {
            while (true)
            {
                nint count = Libc.read(Reading, first, (nuint)buffer.Length);
                if (count >= 0)
                    return (int)count;
                int errno = Marshal.GetLastPInvokeError();
                if (errno != Errno.EINTR)
                    throw PosixException.FromErrno(errno, "read a pipe");
            }
        }
    }

    /// <summary>Closes both ends.</summary>
    public void Dispose()
    {
        Reading.Dispose();
        Writing.Dispose();
    }
}
