using System.Runtime.InteropServices;

namespace Camfx.V4L2.Interop;

/// <summary>v4l2loopback.h: the control device of v4l2loopback and its event, by its own names.</summary>
internal static unsafe class LoopbackDev
{
    // 0.15 and later; the numbers carry the size of their argument as the kernel's convention wants.
    internal const uint V4L2LOOPBACK_CTL_VERSION = 0x80047e00;
    internal const uint V4L2LOOPBACK_CTL_ADD = 0x40487e01;
    internal const uint V4L2LOOPBACK_CTL_REMOVE = 0x40047e02;
    internal const uint V4L2LOOPBACK_CTL_QUERY = 0xc0487e03;

    // 0.13 and 0.14; later versions accept them as well.
    internal const uint V4L2LOOPBACK_CTL_ADD_legacy = 0x4c80;
    internal const uint V4L2LOOPBACK_CTL_REMOVE_legacy = 0x4c81;
    internal const uint V4L2LOOPBACK_CTL_QUERY_legacy = 0x4c82;

    internal const uint V4L2LOOPBACK_EVENT_BASE = VideoDev.V4L2_EVENT_PRIVATE_START;
    internal const uint V4L2LOOPBACK_EVENT_OFFSET = 0x08E00000;
    internal const uint V4L2_EVENT_PRI_CLIENT_USAGE = V4L2LOOPBACK_EVENT_BASE + V4L2LOOPBACK_EVENT_OFFSET + 1;

    internal const uint CID_KEEP_FORMAT = 0x0098f000;
    internal const uint CID_SUSTAIN_FRAMERATE = 0x0098f001;
    internal const uint CID_TIMEOUT = 0x0098f002;
    internal const uint CID_TIMEOUT_IMAGE_IO = 0x0098f003;

    [StructLayout(LayoutKind.Sequential)]
    internal struct v4l2_loopback_config
    {
        internal int output_nr;
        internal int unused;
        internal fixed byte card_label[32];
        internal uint min_width;
        internal uint max_width;
        internal uint min_height;
        internal uint max_height;
        internal int max_buffers;
        internal int max_openers;
        internal int debug;
        internal int announce_all_caps;
    }
}
