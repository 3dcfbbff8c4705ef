using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>
/// Makes dma-bufs of shared memory (linux/udmabuf.h), which drivers read and write without a copy. Whoever has a dma-buf may map it writable, whatever
/// the memory's seals say.
/// </summary>
/// <remarks>Thread-bound. The dma-bufs outlive it.</remarks>
public sealed unsafe class Udmabuf : IDisposable
{
    /// <summary>Where the kernel makes them; <c>uaccess</c> on desktops: the user at the screen may open it.</summary>
    public const string Node = "/dev/udmabuf";

    private readonly FileDescriptor _node;

    private Udmabuf(FileDescriptor node) => _node = node;

    /// <summary>Opens the kernel's node.</summary>
    /// <exception cref="PosixException">ENOENT: the kernel has no udmabuf. EACCES: this user may not.</exception>
    public static Udmabuf Open() => new(DeviceFile.Open(Node, MapAccess.ReadWrite));

    /// <summary>
    /// Makes a dma-buf of a part of a memfd. Its pages are taken at once and stay in memory as long as the dma-buf does.
    /// </summary>
    /// <param name="memory">A memfd sealed against shrinking, and not against writing, now or in the future.</param>
    /// <param name="offset">Where the part begins; a multiple of the page size.</param>
    /// <param name="size">Its bytes; a multiple of the page size, 64 MB at most where the module's <c>size_limit_mb</c> was not changed.</param>
    /// <returns>The dma-buf, close-on-exec.</returns>
    /// <exception cref="PosixException">EINVAL: seals, offset or size are not as said above. ENOMEM: no memory.</exception>
    public FileDescriptor Create(FileDescriptor memory, long offset, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        var request = new Libc.udmabuf_create
        {
            memfd = (uint)memory.Number,
            flags = Libc.UDMABUF_FLAGS_CLOEXEC,
            offset = (ulong)offset,
            size = (ulong)size,
        };
        int result = Ioctl.Call(_node, Libc.UDMABUF_CREATE, &request);
        GC.KeepAlive(memory);
        return result >= 0
            ? new FileDescriptor(result, owned: true)
            : throw PosixException.FromErrno(-result, $"make a dma-buf of {size} bytes at {offset} of shared memory");
    }

    /// <summary>Closes the node.</summary>
    public void Dispose() => _node.Dispose();
}
