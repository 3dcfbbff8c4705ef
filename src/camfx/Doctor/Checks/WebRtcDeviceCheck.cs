using Camfx.V4L2;

namespace Camfx.Doctor.Checks;

/// <summary>What libwebrtc, and so Firefox, asks of a node (modules/video_capture/linux/device_info_v4l2.cc).</summary>
internal sealed class WebRtcDeviceCheck() : DeviceViewCheck("Firefox")
{
    /// <summary>It looks at /dev/video0 to /dev/video63.</summary>
    private const int HighestNumber = 63;

    /// <summary>It tries these sizes, and keeps those that the driver leaves as they are.</summary>
    private static readonly (int Width, int Height)[] s_sizes =
    [
        (128, 96), (160, 120), (176, 144), (320, 240), (352, 288), (640, 480), (704, 576), (800, 600), (960, 720), (1024, 768), (1280, 720), (1440, 1080), (1920, 1080),
    ];

    private static readonly uint[] s_usable =
        [.. new[] { "MJPG", "JPEG", "YU12", "YV12", "YUYV", "UYVY", "NV12", "BGR3", "RGB3", "RGBP", "AR24", "BA24", "AB24" }
            .Select(static name => Frames.FourCC.Pack(name))];

    protected override string? WhyNot(IVideoFile file)
    {
        var node = VideoNode.Query(file);
        if (node.Number > HighestNumber) return $"its number is beyond {HighestNumber}";
        if ((node.Capabilities & DeviceCapabilities.Capture) == DeviceCapabilities.None)
            return "it does not say VIDEO_CAPTURE; nobody writes to it";
        ModeRange[] usable = [.. VideoModes.List(file).Ranges.Where(static range => s_usable.Contains(range.Code))];
        if (usable.Length == 0) return $"it has none of the formats that Firefox reads ({List(s_usable)})";
        string tried = string.Join(", ", s_sizes.Select(static size => $"{size.Width}x{size.Height}"));
        return usable.Any(static range => s_sizes.Any(size => Has(range, size)))
            ? null
            : $"its size {usable[0].MaxWidth}x{usable[0].MaxHeight} is none of those that Firefox tries ({tried})";
    }

    protected override string Remedy(string path) => $"camfx device set {path} number=63 size=1280x720";

    private static bool Has(ModeRange range, (int Width, int Height) size) =>
        size.Width >= range.MinWidth && size.Width <= range.MaxWidth && size.Height >= range.MinHeight && size.Height <= range.MaxHeight;
}
