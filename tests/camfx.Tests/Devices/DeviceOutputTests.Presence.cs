using Camfx.Devices;
using Camfx.Frames;
using Camfx.Sinks.Device;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Devices;

// A helper that comes and goes with its package.
public sealed partial class DeviceOutputTests
{
    [Fact]
    public void A_helper_that_comes_later_has_the_device_of_auto()
    {
        DeviceOutput output = Start(required: false);
        Until(() => output.State == "absent");
        Assert.False(output.IsHere);

        PlayedDeviceService helper = Helper();
        Until(() => output.State == "ready");

        Assert.Equal((true, 1, null), (output.IsHere, helper.Made!.Attached, output.Problem));
    }

    [Fact]
    public void A_helper_that_is_installed_later_is_started_and_of_one_that_is_removed_it_is_said()
    {
        using TemporaryFolder folder = new();
        DeviceOutput output = Start(required: false);
        Until(() => output.State == "absent");
        _bus.AddService(DeviceService.BusName, $"/usr/bin/touch {folder.File("started")}");
        Until(() => File.Exists(folder.File("started")) && output.State == "refused");
        Assert.True(output.IsHere);

        _bus.RemoveService(DeviceService.BusName);
        Until(() => output.State == "absent");

        Assert.True(output.IsHere, "what was here is missed");
        Assert.Contains("install the package camfx-helper", output.Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_helper_that_was_stopped_is_not_started_by_the_camera_that_misses_it()
    {
        using TemporaryFolder folder = new();
        _bus.AddService(DeviceService.BusName, $"/usr/bin/touch {folder.File("started")}");
        PlayedDeviceService helper = Helper();
        DeviceOutput output = Start();
        helper.Do(() => helper.Made!.Watched = true);
        Until(() => output.State == "streaming");

        helper.Dispose();

        // As if it were there for a while, and then not.
        Until(() => _queues.Of(PixelFormat.Yuyv).Writer.Statistics.Consumers == 0);
        Assert.False(File.Exists(folder.File("started")));
        Assert.Contains("camfx-helper has ended", output.Problem!, StringComparison.Ordinal);
        Helper();
        Until(() => output.State == "ready");
    }
}
