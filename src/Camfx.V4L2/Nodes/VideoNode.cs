using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2;

/// <summary>A video node and what its driver says about it.</summary>
/// <param name="Path">E.g. <c>/dev/video0</c>.</param>
/// <param name="Number">N of /dev/videoN; −1 where the path has none.</param>
/// <param name="Driver">The driver's name, e.g. <c>uvcvideo</c>.</param>
/// <param name="Card">The device's name, as users see it.</param>
/// <param name="BusInfo">Where it is plugged in, e.g. <c>usb-0000:00:14.0-1</c>.</param>
/// <param name="Version">The driver's version, usually the kernel's.</param>
/// <param name="Capabilities">What this node can do now; v4l2loopback's change with its writer.</param>
/// <param name="StableId">What stays the same after a replug: the link in /dev/v4l/by-id, else the bus information.</param>
public sealed record VideoNode(
    string Path, int Number, string Driver, string Card, string BusInfo, uint Version, DeviceCapabilities Capabilities, string StableId)
{
    private const string LoopbackDriver = "v4l2 loopback";

    private const DeviceCapabilities Known = DeviceCapabilities.Capture | DeviceCapabilities.Output | DeviceCapabilities.CapturePlanes
        | DeviceCapabilities.OutputPlanes | DeviceCapabilities.ReadWrite | DeviceCapabilities.Streaming;

    /// <summary>Whether frames can be captured from it.</summary>
    public bool IsCapture => (Capabilities & (DeviceCapabilities.Capture | DeviceCapabilities.CapturePlanes)) != DeviceCapabilities.None;

    /// <summary>Whether frames can be put into it.</summary>
    public bool IsOutput => (Capabilities & (DeviceCapabilities.Output | DeviceCapabilities.OutputPlanes)) != DeviceCapabilities.None;

    /// <summary>Whether v4l2loopback drives it.</summary>
    public bool IsLoopback => Driver == LoopbackDriver;

    /// <summary>Whether akvcam drives it.</summary>
    public bool IsAkvcam => Driver == "akvcam";

    /// <summary>Asks an open node (VIDIOC_QUERYCAP).</summary>
    /// <exception cref="VideoException">It is no video node, or gone.</exception>
    public static unsafe VideoNode Query(IVideoFile file, string? stableId = null)
    {
        v4l2_capability capability = default;
        file.Demand(VIDIOC_QUERYCAP, ref capability, "ask what it can do of");
        uint flags = (capability.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? capability.device_caps : capability.capabilities;
        string bus = VideoRequests.Text(capability.bus_info, 32);
        return new VideoNode(
            file.Path, NumberOf(file.Path), VideoRequests.Text(capability.driver, 16), VideoRequests.Text(capability.card, 32), bus,
            capability.version, (DeviceCapabilities)flags & Known, stableId ?? bus);
    }

    /// <summary>N of a path that ends in videoN; −1 where it does not.</summary>
    internal static int NumberOf(string path)
    {
        const string name = "video";
        string file = System.IO.Path.GetFileName(path);
        return file.StartsWith(name, StringComparison.Ordinal) && int.TryParse(file[name.Length..], out int number) && number >= 0 ? number : -1;
    }
}
