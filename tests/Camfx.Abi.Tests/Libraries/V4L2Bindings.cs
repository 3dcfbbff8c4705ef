using System.Reflection;
using Camfx.V4L2;
using Camfx.V4L2.Interop;

namespace Camfx.Abi.Tests.Libraries;

/// <summary>Camfx.V4L2: the kernel's video interface, and v4l2loopback's control node.</summary>
internal sealed class V4L2Bindings : NativeBindings
{
    internal override Assembly Assembly => typeof(VideoFile).Assembly;

    internal override void Describe(BindingTable table)
    {
        table.Headers("sys/time.h", "time.h", "linux/ioctl.h", "linux/videodev2.h");

        table.Struct<VideoDev.v4l2_capability>("struct v4l2_capability");
        table.Struct<VideoDev.v4l2_fmtdesc>("struct v4l2_fmtdesc");
        table.Struct<VideoDev.v4l2_fract>("struct v4l2_fract");
        table.Struct<VideoDev.v4l2_frmsizeenum>("struct v4l2_frmsizeenum",
            ("min_width", "stepwise.min_width"), ("max_width", "stepwise.max_width"), ("step_width", "stepwise.step_width"),
            ("min_height", "stepwise.min_height"), ("max_height", "stepwise.max_height"), ("step_height", "stepwise.step_height"));
        table.Condition(
            "offsetof(struct v4l2_frmsizeenum, discrete.width) == 12 && offsetof(struct v4l2_frmsizeenum, discrete.height) == 16",
            "a discrete size does not stand where min_width and max_width do");
        table.Struct<VideoDev.v4l2_frmivalenum>("struct v4l2_frmivalenum",
            ("min", "stepwise.min"), ("max", "stepwise.max"), ("step", "stepwise.step"));
        table.Condition(
            "offsetof(struct v4l2_frmivalenum, discrete) == offsetof(struct v4l2_frmivalenum, stepwise.min)",
            "a discrete interval does not stand where the smallest does");
        table.Struct<VideoDev.v4l2_pix_format>("struct v4l2_pix_format");
        table.Struct<VideoDev.v4l2_plane_pix_format>("struct v4l2_plane_pix_format");
        table.Struct<VideoDev.v4l2_pix_format_mplane>("struct v4l2_pix_format_mplane");
        table.Struct<VideoDev.v4l2_format>("struct v4l2_format", ("pix", "fmt.pix"), ("pix_mp", "fmt.pix_mp"));
        table.Struct<VideoDev.v4l2_streamparm>("struct v4l2_streamparm",
            ("capability", "parm.capture.capability"), ("mode", "parm.capture.capturemode"), ("timeperframe", "parm.capture.timeperframe"));
        table.Condition(
            "offsetof(struct v4l2_streamparm, parm.output.timeperframe) == offsetof(struct v4l2_streamparm, parm.capture.timeperframe)",
            "an output's time per frame does not stand where a capture's does");
        table.Struct<VideoDev.v4l2_requestbuffers>("struct v4l2_requestbuffers");
        table.Struct<VideoDev.timeval>("struct timeval");
        table.Struct<VideoDev.v4l2_timecode>("struct v4l2_timecode");
        table.NotInC<VideoDev.buffer_place>("the union m, which C does not name");
        table.Condition(
            "sizeof(((struct v4l2_buffer *)0)->m) == 8 && sizeof(((struct v4l2_plane *)0)->m) == 8", "the union m is not 8 bytes");
        table.Struct<VideoDev.v4l2_buffer>("struct v4l2_buffer");
        table.Struct<VideoDev.v4l2_plane>("struct v4l2_plane");
        table.Struct<VideoDev.v4l2_exportbuffer>("struct v4l2_exportbuffer");
        table.Struct<VideoDev.v4l2_input>("struct v4l2_input");
        table.Struct<VideoDev.v4l2_event_subscription>("struct v4l2_event_subscription");
        table.Struct<VideoDev.timespec>("struct timespec");
        table.Struct<VideoDev.v4l2_event>("struct v4l2_event", ("data", "u.data"));
        table.Struct<VideoDev.v4l2_query_ext_ctrl>("struct v4l2_query_ext_ctrl");
        table.Struct<VideoDev.v4l2_querymenu>("struct v4l2_querymenu");
        table.Struct<VideoDev.v4l2_control>("struct v4l2_control");
        table.Struct<VideoDev.v4l2_ext_control>("struct v4l2_ext_control");
        table.Struct<VideoDev.v4l2_ext_controls>("struct v4l2_ext_controls");
        table.Constant("V4L2_CID_USER_BASE", "V4L2_CID_BASE");

        // v4l2loopback installs no header: the numbers are formed here from what it documents, with the kernel's own macros.
        table.NotInC<LoopbackDev.v4l2_loopback_config>("v4l2loopback installs no header; its size is in the request numbers");
        table.Constant("V4L2LOOPBACK_CTL_VERSION", "_IOR('~', 0, __u32)");
        table.Constant("V4L2LOOPBACK_CTL_ADD", "_IOC(_IOC_WRITE, '~', 1, 72)");
        table.Constant("V4L2LOOPBACK_CTL_REMOVE", "_IOW('~', 2, __u32)");
        table.Constant("V4L2LOOPBACK_CTL_QUERY", "_IOC(_IOC_READ | _IOC_WRITE, '~', 3, 72)");
        table.Constant("V4L2LOOPBACK_CTL_ADD_legacy", "0x4C80");
        table.Constant("V4L2LOOPBACK_CTL_REMOVE_legacy", "0x4C81");
        table.Constant("V4L2LOOPBACK_CTL_QUERY_legacy", "0x4C82");
        table.Constant("V4L2LOOPBACK_EVENT_BASE", "V4L2_EVENT_PRIVATE_START");
        table.Constant("V4L2LOOPBACK_EVENT_OFFSET", "0x08E00000");
        table.Constant("V4L2_EVENT_PRI_CLIENT_USAGE", "(V4L2_EVENT_PRIVATE_START + 0x08E00000 + 1)");
        table.Constant("CID_KEEP_FORMAT", "((V4L2_CID_BASE & ~0xffff) | 0xf000)");
        table.Constant("CID_SUSTAIN_FRAMERATE", "((V4L2_CID_BASE & ~0xffff) | 0xf001)");
        table.Constant("CID_TIMEOUT", "((V4L2_CID_BASE & ~0xffff) | 0xf002)");
        table.Constant("CID_TIMEOUT_IMAGE_IO", "((V4L2_CID_BASE & ~0xffff) | 0xf003)");
        table.Condition(
            $"{System.Runtime.CompilerServices.Unsafe.SizeOf<LoopbackDev.v4l2_loopback_config>()} == 72", "v4l2_loopback_config is not 72 bytes");
    }
}
