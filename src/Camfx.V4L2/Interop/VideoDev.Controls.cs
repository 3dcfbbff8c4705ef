using System.Runtime.InteropServices;

namespace Camfx.V4L2.Interop;

// Controls: linux/videodev2.h and linux/v4l2-controls.h.
internal static unsafe partial class VideoDev
{
    internal const uint V4L2_CTRL_FLAG_DISABLED = 0x0001;
    internal const uint V4L2_CTRL_FLAG_NEXT_CTRL = 0x80000000;
    internal const uint V4L2_CID_USER_BASE = 0x00980900;
    internal const uint V4L2_CTRL_WHICH_CUR_VAL = 0;

    internal const uint VIDIOC_QUERY_EXT_CTRL = 0xc0e85667;
    internal const uint VIDIOC_QUERYMENU = 0xc02c5625;
    internal const uint VIDIOC_G_EXT_CTRLS = 0xc0205647;
    internal const uint VIDIOC_S_EXT_CTRLS = 0xc0205648;
    internal const uint VIDIOC_G_CTRL = 0xc008561b;
    internal const uint VIDIOC_S_CTRL = 0xc008561c;

    [StructLayout(LayoutKind.Sequential)]
    internal struct v4l2_query_ext_ctrl
    {
        internal uint id;
        internal uint type;
        internal fixed byte name[32];
        internal long minimum;
        internal long maximum;
        internal ulong step;
        internal long default_value;
        internal uint flags;
        internal uint elem_size;
        internal uint elems;
        internal uint nr_of_dims;
        internal fixed uint dims[4];
        private fixed uint _reserved[32];
    }

    [StructLayout(LayoutKind.Explicit, Size = 44)]
    internal struct v4l2_querymenu
    {
        [FieldOffset(0)]
        internal uint id;
        [FieldOffset(4)]
        internal uint index;
        [FieldOffset(8)]
        internal fixed byte name[32];
        // Packed in C: the 64-bit value stands at a multiple of 8 all the same.
        [FieldOffset(8)]
        internal long value;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct v4l2_control
    {
        internal uint id;
        internal int value;
    }

    [StructLayout(LayoutKind.Explicit, Size = 20, Pack = 1)]
    internal struct v4l2_ext_control
    {
        [FieldOffset(0)]
        internal uint id;
        [FieldOffset(4)]
        internal uint size;
        [FieldOffset(12)]
        internal int value;
        [FieldOffset(12)]
        internal long value64;
        [FieldOffset(12)]
        internal byte* @string;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct v4l2_ext_controls
    {
        internal uint which;
        internal uint count;
        internal uint error_idx;
        internal int request_fd;
        private fixed uint _reserved[1];
        internal v4l2_ext_control* controls;
    }
}
