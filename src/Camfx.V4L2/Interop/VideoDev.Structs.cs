using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Camfx.V4L2.Interop;

// The structs of linux/videodev2.h, as 64-bit Linux lays them out.
internal static unsafe partial class VideoDev
{
    [StructLayout(LayoutKind.Sequential)]
    internal struct v4l2_capability
    {
        internal fixed byte driver[16];
        internal fixed byte card[32];
        internal fixed byte bus_info[32];
        internal uint version;
        internal uint capabilities;
        internal uint device_caps;
        private fixed uint _reserved[3];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct v4l2_fmtdesc
    {
        internal uint index;
        internal uint type;
        internal uint flags;
        internal fixed byte description[32];
        internal uint pixelformat;
        internal uint mbus_code;
        private fixed uint _reserved[3];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct v4l2_fract
    {
        internal uint numerator;
        internal uint denominator;
    }

    /// <summary>The union: a discrete size is min_width x max_width, whose places <c>discrete.width</c> and <c>.height</c> share.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct v4l2_frmsizeenum
    {
        internal uint index;
        internal uint pixel_format;
        internal uint type;
        internal uint min_width;
        internal uint max_width;
        internal uint step_width;
        internal uint min_height;
        internal uint max_height;
        internal uint step_height;
        private fixed uint _reserved[2];
    }

    /// <summary>The union: a discrete interval stands where <c>stepwise.min</c> does.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct v4l2_frmivalenum
    {
        internal uint index;
        internal uint pixel_format;
        internal uint width;
        internal uint height;
        internal uint type;
        internal v4l2_fract min;
        internal v4l2_fract max;
        internal v4l2_fract step;
        private fixed uint _reserved[2];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct v4l2_pix_format
    {
        internal uint width;
        internal uint height;
        internal uint pixelformat;
        internal uint field;
        internal uint bytesperline;
        internal uint sizeimage;
        internal uint colorspace;
        internal uint priv;
        internal uint flags;
        internal uint ycbcr_enc;
        internal uint quantization;
        internal uint xfer_func;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    internal struct v4l2_plane_pix_format
    {
        internal uint sizeimage;
        internal uint bytesperline;
        private fixed ushort _reserved[6];
    }

    [InlineArray(VIDEO_MAX_PLANES)]
    internal struct plane_formats
    {
        private v4l2_plane_pix_format _first;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    internal struct v4l2_pix_format_mplane
    {
        internal uint width;
        internal uint height;
        internal uint pixelformat;
        internal uint field;
        internal uint colorspace;
        internal plane_formats plane_fmt;
        internal byte num_planes;
        internal byte flags;
        internal byte ycbcr_enc;
        internal byte quantization;
        internal byte xfer_func;
        private fixed byte _reserved[7];
    }

    /// <summary>The union begins at 8: v4l2_window holds pointers.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 208)]
    internal struct v4l2_format
    {
        [FieldOffset(0)]
        internal uint type;
        [FieldOffset(8)]
        internal v4l2_pix_format pix;
        [FieldOffset(8)]
        internal v4l2_pix_format_mplane pix_mp;
    }

    /// <summary>v4l2_captureparm and v4l2_outputparm agree in every place used here.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 204)]
    internal struct v4l2_streamparm
    {
        internal uint type;
        internal uint capability;
        internal uint mode;
        internal v4l2_fract timeperframe;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct v4l2_requestbuffers
    {
        internal uint count;
        internal uint type;
        internal uint memory;
        internal uint capabilities;
        internal byte flags;
        private fixed byte _reserved[3];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct timeval
    {
        internal long tv_sec;
        internal long tv_usec;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct v4l2_timecode
    {
        internal uint type;
        internal uint flags;
        internal byte frames;
        internal byte seconds;
        internal byte minutes;
        internal byte hours;
        internal fixed byte userbits[4];
    }

    /// <summary>What <c>m</c> of a buffer or plane holds: one of the four, by the buffer's memory and type.</summary>
    [StructLayout(LayoutKind.Explicit)]
    internal struct buffer_place
    {
        [FieldOffset(0)]
        internal uint offset;
        [FieldOffset(0)]
        internal nuint userptr;
        [FieldOffset(0)]
        internal v4l2_plane* planes;
        [FieldOffset(0)]
        internal int fd;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct v4l2_buffer
    {
        internal uint index;
        internal uint type;
        internal uint bytesused;
        internal uint flags;
        internal uint field;
        internal timeval timestamp;
        internal v4l2_timecode timecode;
        internal uint sequence;
        internal uint memory;
        internal buffer_place m;
        internal uint length;
        internal uint reserved2;
        internal int request_fd;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct v4l2_plane
    {
        internal uint bytesused;
        internal uint length;
        internal buffer_place m;
        internal uint data_offset;
        private fixed uint _reserved[11];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct v4l2_exportbuffer
    {
        internal uint type;
        internal uint index;
        internal uint plane;
        internal uint flags;
        internal int fd;
        private fixed uint _reserved[11];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct v4l2_input
    {
        internal uint index;
        internal fixed byte name[32];
        internal uint type;
        internal uint audioset;
        internal uint tuner;
        internal ulong std;
        internal uint status;
        internal uint capabilities;
        private fixed uint _reserved[3];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct v4l2_event_subscription
    {
        internal uint type;
        internal uint id;
        internal uint flags;
        private fixed uint _reserved[5];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct timespec
    {
        internal long tv_sec;
        internal long tv_nsec;
    }

    /// <summary>The union begins at 8: v4l2_event_ctrl holds 64-bit values.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 136)]
    internal struct v4l2_event
    {
        [FieldOffset(0)]
        internal uint type;
        [FieldOffset(8)]
        internal fixed byte data[64];
        [FieldOffset(72)]
        internal uint pending;
        [FieldOffset(76)]
        internal uint sequence;
        [FieldOffset(80)]
        internal timespec timestamp;
        [FieldOffset(96)]
        internal uint id;
    }
}
