namespace Camfx.V4L2.Interop;

/// <summary>linux/videodev2.h: the kernel's video interface, by its own names.</summary>
internal static unsafe partial class VideoDev
{
    internal const int VIDEO_MAX_PLANES = 8;
    internal const int VIDEO_MAX_FRAME = 32;

    internal const uint VIDIOC_QUERYCAP = 0x80685600;
    internal const uint VIDIOC_ENUM_FMT = 0xc0405602;
    internal const uint VIDIOC_G_FMT = 0xc0d05604;
    internal const uint VIDIOC_S_FMT = 0xc0d05605;
    internal const uint VIDIOC_TRY_FMT = 0xc0d05640;
    internal const uint VIDIOC_REQBUFS = 0xc0145608;
    internal const uint VIDIOC_QUERYBUF = 0xc0585609;
    internal const uint VIDIOC_QBUF = 0xc058560f;
    internal const uint VIDIOC_EXPBUF = 0xc0405610;
    internal const uint VIDIOC_DQBUF = 0xc0585611;
    internal const uint VIDIOC_STREAMON = 0x40045612;
    internal const uint VIDIOC_STREAMOFF = 0x40045613;
    internal const uint VIDIOC_G_PARM = 0xc0cc5615;
    internal const uint VIDIOC_S_PARM = 0xc0cc5616;
    internal const uint VIDIOC_ENUMINPUT = 0xc050561a;
    internal const uint VIDIOC_G_INPUT = 0x80045626;
    internal const uint VIDIOC_S_INPUT = 0xc0045627;
    internal const uint VIDIOC_ENUM_FRAMESIZES = 0xc02c564a;
    internal const uint VIDIOC_ENUM_FRAMEINTERVALS = 0xc034564b;
    internal const uint VIDIOC_DQEVENT = 0x80885659;
    internal const uint VIDIOC_SUBSCRIBE_EVENT = 0x4020565a;
    internal const uint VIDIOC_UNSUBSCRIBE_EVENT = 0x4020565b;

    internal const uint V4L2_BUF_TYPE_VIDEO_CAPTURE = 1;
    internal const uint V4L2_BUF_TYPE_VIDEO_OUTPUT = 2;
    internal const uint V4L2_BUF_TYPE_VIDEO_CAPTURE_MPLANE = 9;
    internal const uint V4L2_BUF_TYPE_VIDEO_OUTPUT_MPLANE = 10;

    internal const uint V4L2_MEMORY_MMAP = 1;
    internal const uint V4L2_MEMORY_USERPTR = 2;
    internal const uint V4L2_MEMORY_DMABUF = 4;

    internal const uint V4L2_FIELD_ANY = 0;
    internal const uint V4L2_FIELD_NONE = 1;

    internal const uint V4L2_CAP_VIDEO_CAPTURE = 0x00000001;
    internal const uint V4L2_CAP_VIDEO_OUTPUT = 0x00000002;
    internal const uint V4L2_CAP_VIDEO_CAPTURE_MPLANE = 0x00001000;
    internal const uint V4L2_CAP_VIDEO_OUTPUT_MPLANE = 0x00002000;
    internal const uint V4L2_CAP_READWRITE = 0x01000000;
    internal const uint V4L2_CAP_STREAMING = 0x04000000;
    internal const uint V4L2_CAP_DEVICE_CAPS = 0x80000000;

    internal const uint V4L2_BUF_CAP_SUPPORTS_MMAP = 1;
    internal const uint V4L2_BUF_CAP_SUPPORTS_USERPTR = 2;
    internal const uint V4L2_BUF_CAP_SUPPORTS_DMABUF = 4;

    internal const uint V4L2_BUF_FLAG_MAPPED = 0x00000001;
    internal const uint V4L2_BUF_FLAG_QUEUED = 0x00000002;
    internal const uint V4L2_BUF_FLAG_DONE = 0x00000004;
    internal const uint V4L2_BUF_FLAG_ERROR = 0x00000040;
    internal const uint V4L2_BUF_FLAG_TIMESTAMP_MASK = 0x0000e000;
    internal const uint V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC = 0x00002000;
    internal const uint V4L2_BUF_FLAG_TIMESTAMP_COPY = 0x00004000;

    internal const uint V4L2_PIX_FMT_PRIV_MAGIC = 0xfeedcafe;
    internal const uint V4L2_FMT_FLAG_EMULATED = 2;

    internal const uint V4L2_PIX_FMT_YUYV = 0x56595559;
    internal const uint V4L2_PIX_FMT_UYVY = 0x59565955;
    internal const uint V4L2_PIX_FMT_NV12 = 0x3231564e;
    internal const uint V4L2_PIX_FMT_NV21 = 0x3132564e;
    internal const uint V4L2_PIX_FMT_NV12M = 0x32314d4e;
    internal const uint V4L2_PIX_FMT_NV21M = 0x31324d4e;
    internal const uint V4L2_PIX_FMT_YUV420 = 0x32315559;
    internal const uint V4L2_PIX_FMT_YVU420 = 0x32315659;
    internal const uint V4L2_PIX_FMT_YUV420M = 0x32314d59;
    internal const uint V4L2_PIX_FMT_YVU420M = 0x31324d59;
    internal const uint V4L2_PIX_FMT_YUV422P = 0x50323234;
    internal const uint V4L2_PIX_FMT_YUV422M = 0x36314d59;
    internal const uint V4L2_PIX_FMT_GREY = 0x59455247;
    internal const uint V4L2_PIX_FMT_RGB24 = 0x33424752;
    internal const uint V4L2_PIX_FMT_BGR24 = 0x33524742;
    internal const uint V4L2_PIX_FMT_RGB32 = 0x34424752;
    internal const uint V4L2_PIX_FMT_BGR32 = 0x34524742;
    internal const uint V4L2_PIX_FMT_ABGR32 = 0x34325241;
    internal const uint V4L2_PIX_FMT_XBGR32 = 0x34325258;
    internal const uint V4L2_PIX_FMT_RGBA32 = 0x34324241;
    internal const uint V4L2_PIX_FMT_RGBX32 = 0x34324258;
    internal const uint V4L2_PIX_FMT_MJPEG = 0x47504a4d;
    internal const uint V4L2_PIX_FMT_JPEG = 0x4745504a;
    internal const uint V4L2_PIX_FMT_H264 = 0x34363248;

    internal const uint V4L2_FRMSIZE_TYPE_DISCRETE = 1;
    internal const uint V4L2_FRMSIZE_TYPE_CONTINUOUS = 2;
    internal const uint V4L2_FRMSIZE_TYPE_STEPWISE = 3;
    internal const uint V4L2_FRMIVAL_TYPE_DISCRETE = 1;
    internal const uint V4L2_FRMIVAL_TYPE_CONTINUOUS = 2;
    internal const uint V4L2_FRMIVAL_TYPE_STEPWISE = 3;

    internal const uint V4L2_CAP_TIMEPERFRAME = 0x1000;

    internal const uint V4L2_COLORSPACE_SMPTE170M = 1;
    internal const uint V4L2_COLORSPACE_REC709 = 3;
    internal const uint V4L2_COLORSPACE_JPEG = 7;
    internal const uint V4L2_COLORSPACE_SRGB = 8;
    internal const uint V4L2_COLORSPACE_DCI_P3 = 12;
    internal const uint V4L2_COLORSPACE_BT2020 = 10;
    internal const uint V4L2_YCBCR_ENC_601 = 1;
    internal const uint V4L2_YCBCR_ENC_709 = 2;
    internal const uint V4L2_YCBCR_ENC_XV709 = 4;
    internal const uint V4L2_QUANTIZATION_FULL_RANGE = 1;
    internal const uint V4L2_QUANTIZATION_LIM_RANGE = 2;

    internal const uint V4L2_EVENT_PRIVATE_START = 0x08000000;
    internal const uint V4L2_EVENT_SUB_FL_SEND_INITIAL = 1;
    internal const uint V4L2_EVENT_CTRL = 3;
}
