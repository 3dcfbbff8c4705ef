using Camfx.V4L2;

namespace Camfx.Doctor.Checks;

/// <summary>What Chromium, Chrome, Edge and Electron ask of a node (media/capture/video/linux/video_capture_device_factory_v4l2.cc).</summary>
internal sealed class ChromiumDeviceCheck() : DeviceViewCheck("Chromium")
{
    /// <summary>The formats it can read; YU12, NV12, Y16, YUYV, RGB3, MJPG, JPEG.</summary>
    private static readonly uint[] s_usable = [.. new[] { "YU12", "NV12", "Y16 ", "YUYV", "RGB3", "MJPG", "JPEG" }.Select(static name => Frames.FourCC.Pack(name))];

    protected override string? WhyNot(IVideoFile file)
    {
        var node = VideoNode.Query(file);
        if ((node.Capabilities & DeviceCapabilities.Capture) == DeviceCapabilities.None)
            return "it does not say VIDEO_CAPTURE; nobody writes to it";
        if ((node.Capabilities & DeviceCapabilities.Output) != DeviceCapabilities.None)
            return "it says VIDEO_OUTPUT beside VIDEO_CAPTURE (a device without exclusive caps)";
        var modes = VideoModes.List(file);
        if (!modes.Ranges.Any(static range => s_usable.Contains(range.Code)))
            return $"it offers {List(modes.Ranges.Select(static range => range.Code).Distinct())}, and Chromium reads {List(s_usable)}";
        return modes.Ranges.Any(static range => s_usable.Contains(range.Code) && range.IsDiscrete) ? null : "it names no fixed frame size, only a range";
    }
}
