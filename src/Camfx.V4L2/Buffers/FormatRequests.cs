using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2;

/// <summary>Asking a driver for a format, and reading what it made of it.</summary>
internal static class FormatRequests
{
    /// <summary>The buffer type of a node in one direction; the plain interface goes before that of many planes.</summary>
    internal static uint BufferType(DeviceCapabilities capabilities, bool output) => output
        ? (capabilities & DeviceCapabilities.Output) != DeviceCapabilities.None ? V4L2_BUF_TYPE_VIDEO_OUTPUT : V4L2_BUF_TYPE_VIDEO_OUTPUT_MPLANE
        : (capabilities & DeviceCapabilities.Capture) != DeviceCapabilities.None ? V4L2_BUF_TYPE_VIDEO_CAPTURE : V4L2_BUF_TYPE_VIDEO_CAPTURE_MPLANE;

    internal static bool IsMultiPlanar(uint type) => type is V4L2_BUF_TYPE_VIDEO_CAPTURE_MPLANE or V4L2_BUF_TYPE_VIDEO_OUTPUT_MPLANE;

    /// <summary>A wish: every other field is the driver's to fill in.</summary>
    internal static v4l2_format Wish(uint type, uint fourcc, int width, int height)
    {
        v4l2_format format = new() { type = type };
        if (IsMultiPlanar(type))
        {
            format.pix_mp.width = (uint)width;
            format.pix_mp.height = (uint)height;
            format.pix_mp.pixelformat = fourcc;
            format.pix_mp.field = V4L2_FIELD_NONE;
            format.pix_mp.num_planes = (byte)(WireFormat.Of(fourcc)?.MemoryPlanes ?? 1);
        }
        else
        {
            format.pix.width = (uint)width;
            format.pix.height = (uint)height;
            format.pix.pixelformat = fourcc;
            format.pix.field = V4L2_FIELD_NONE;
            format.pix.priv = V4L2_PIX_FMT_PRIV_MAGIC;
        }

        return format;
    }

    internal static (uint FourCC, int Width, int Height) Shape(in v4l2_format format) => IsMultiPlanar(format.type)
        ? (format.pix_mp.pixelformat, (int)format.pix_mp.width, (int)format.pix_mp.height)
        : (format.pix.pixelformat, (int)format.pix.width, (int)format.pix.height);

    /// <summary>Sets a format.</summary>
    /// <param name="file">The node.</param>
    /// <param name="wish">What is wanted; then what the driver took.</param>
    /// <returns>0 or the negative errno value.</returns>
    internal static int Set(IVideoFile file, ref v4l2_format wish)
    {
        int result = file.Send(VIDIOC_S_FMT, ref wish);
        if (result < 0) return result;
        // v4l2loopback 0.12 rounds sizeimage up to pages in its answer, and readers count bytes: the format it keeps is the true one.
        v4l2_format kept = new() { type = wish.type };
        if (file.Send(VIDIOC_G_FMT, ref kept) >= 0 && Shape(kept) == Shape(wish)) wish = kept;
        return 0;
    }

    /// <summary>Asks for a frame rate. Drivers may refuse: then the camera runs at its own.</summary>
    /// <returns>The rate the driver took; unknown where it does not say.</returns>
    internal static FrameRate SetRate(IVideoFile file, uint type, FrameRate rate)
    {
        v4l2_streamparm parameters = new() { type = type };
        if (rate.IsKnown)
        {
            parameters.timeperframe.numerator = (uint)rate.Denominator;
            parameters.timeperframe.denominator = (uint)rate.Numerator;
            if (file.Send(VIDIOC_S_PARM, ref parameters) >= 0)
                return FrameRate.FromInterval(parameters.timeperframe.numerator, parameters.timeperframe.denominator);
        }

        parameters = new() { type = type };
        return file.Send(VIDIOC_G_PARM, ref parameters) >= 0
            ? FrameRate.FromInterval(parameters.timeperframe.numerator, parameters.timeperframe.denominator)
            : FrameRate.Unknown;
    }
}
