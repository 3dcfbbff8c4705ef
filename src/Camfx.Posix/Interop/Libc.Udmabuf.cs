namespace Camfx.Posix.Interop;

internal static unsafe partial class Libc
{
    // linux/udmabuf.h: _IOW('u', 0x42, struct udmabuf_create)
    internal const uint UDMABUF_CREATE = 0x40187542;
    internal const uint UDMABUF_FLAGS_CLOEXEC = 1;

    internal struct udmabuf_create
    {
        internal uint memfd;
        internal uint flags;
        internal ulong offset;
        internal ulong size;
    }
}
