using Camfx.DBus;
using Camfx.Helper.Backends;
using Camfx.Helper.Persistence;
using Camfx.Helper.Service;
using Camfx.Helper.Tests.Devices;
using Camfx.DBus.Tests;
using Camfx.V4L2;
using Camfx.V4L2.Fake;

namespace Camfx.Helper.Tests.Service;

/// <summary>What becomes of devices when the helper is told to end.</summary>
public sealed class StopTests
{
    [Fact]
    public void Only_a_stop_removes_devices_and_whatever_else_ends_the_helper_keeps_them()
    {
        using HelperRig rig = new();
        Bus bus = rig.Connect();
        ObjectPath path = HelperRig.Create(bus);
        Kept("without a job");
        rig.Manager.Jobs.Add(("camfx.service", "stop"));
        rig.Manager.Jobs.Add((UnitJob.Unit, "restart"));
        Kept("a restart");
        rig.Manager.Jobs[1] = (UnitJob.Unit, "of-another-kind");
        Kept("a job that nobody knows");
        rig.Manager.IsSilent = true;
        Kept("without an answer");
        rig.Manager.IsSilent = false;
        rig.Manager.Jobs[1] = (UnitJob.Unit, UnitJob.Stop);
        rig.End(bus);
        Assert.Empty(HelperRig.Devices(bus));
        HelperRig.Until(() => rig.Kept.Count == 0, "the end of what was kept");

        void Kept(string why)
        {
            rig.End(bus);
            Assert.True(HelperRig.Devices(bus).SequenceEqual([path.Text]), why);
        }
    }

    [Fact]
    public void Nodes_that_nobody_has_open_go_and_one_that_an_app_has_stays()
    {
        FakeLoopbackModule module = new(new LoopbackVersion(0, 15, 4));
        List<string> log = Stop(module, made: true);
        Assert.Equal([60, 62], module.Devices.Keys.Order());
        Assert.Contains(log, static line => line.StartsWith("/dev/video62 stays: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Nodes_that_the_module_was_loaded_with_stay()
    {
        FakeLoopbackModule module = new(new LoopbackVersion(0, 12, 7));
        List<string> log = Stop(module, made: false);
        Assert.Equal([60, 62, 63], module.Devices.Keys.Order());
        Assert.DoesNotContain(log, static line => line.Contains("stays", StringComparison.Ordinal));
    }

    /// <summary>Stops a service that has two devices, one of which an app has open; a third node is somebody else's.</summary>
    private static List<string> Stop(FakeLoopbackModule module, bool made)
    {
        string folder = Directory.CreateTempSubdirectory("camfx-helper-").FullName;
        DeviceRecord[] devices = [Make("camfx", 63, 1), Make("camfx desk", 62, 2)];
        module.Make(new LoopbackConfig("OBS Virtual Camera", 60));
        StateFile file = new(folder);
        file.Write(new RuntimeState { NextId = 3, Devices = devices });
        List<string> log = [];
        using (PrivateBus daemon = new())
        using (Bus bus = daemon.Connect())
        using (BusLoop loop = new(bus))
        using (Systemd nobody = Systemd.Connect(null))
        {
            HelperService service = new(loop, [new LoopbackBackend(new FakeLoopbackSystem(module) { Keeps = false })], nobody, file, log.Add);
            service.Restore([]);
            using IVideoFile app = module.Devices[62].Open();
            service.RemoveAll();
        }

        Directory.Delete(folder, recursive: true);
        return log;

        DeviceRecord Make(string label, int number, int id)
        {
            module.Make(new LoopbackConfig(label, number, WriterRig.Mode.Width, WriterRig.Mode.Height, 4, 64, ExclusiveCaps: true));
            return WriterRig.Record([new NodeRecord(number, $"/dev/video{number}", $"/dev/video{number}", made)]) with { Id = id, Label = label, Backend = "v4l2loopback" };
        }
    }
}
