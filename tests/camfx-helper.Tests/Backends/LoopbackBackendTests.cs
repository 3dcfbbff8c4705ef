using Camfx.DBus;
using Camfx.Helper.Backends;
using Camfx.Helper.Devices;
using Camfx.Helper.Persistence;
using Camfx.Helper.Tests.Devices;
using Camfx.Posix;
using Camfx.V4L2;
using Camfx.V4L2.Fake;

namespace Camfx.Helper.Tests.Backends;

public sealed class LoopbackBackendTests
{
    private static readonly HashSet<int> s_none = [];
    private static readonly LoopbackVersion s_newest = new(0, 15, 4);

    internal static void OpenDevice(FakeLoopbackModule module, out Exception? failure)
    {
        LoopbackBackend backend = new(new FakeLoopbackSystem(module));
        DeviceRecord record = WriterRig.Record([new NodeRecord(63, "/dev/video63", "/dev/video63", true)]);
        failure = Record.Exception(() => backend.Open(record, 0, kept: null).Dispose());
    }

    [Theory]
    [InlineData("0.12.7", "6.1.0", true)]
    [InlineData("0.13.2", "6.1.0", true)]
    [InlineData("0.15.0", "6.12.107+deb13-amd64", true)]
    [InlineData("0.15.2", "6.17.9", true)]
    [InlineData("0.15.2", "6.18.0", false)]
    [InlineData("0.15.2", "7.2.1", false)]
    [InlineData("0.15.3", "6.18.0", true)]
    public void A_version_that_crashes_its_kernel_is_refused_with_the_reason(string version, string kernel, bool usable)
    {
        BackendState state = new LoopbackBackend(new FakeLoopbackSystem(new FakeLoopbackModule(Parse(version)), kernel)).Look();
        Assert.Equal(usable, state.Available);
        Assert.Contains(version, state.Why, StringComparison.Ordinal);
        if (!usable) Assert.Contains(kernel, state.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_that_is_not_loaded_is_to_be_loaded()
    {
        BackendState state = new LoopbackBackend(new FakeLoopbackSystem(null)).Look();
        Assert.False(state.Available);
        Assert.Contains("v4l2loopback-dkms", state.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.15.4", 0, false)]
    [InlineData("0.15.4", Errno.EACCES, true)]
    [InlineData("0.15.4", Errno.EPERM, false)]
    [InlineData("0.12.7", Errno.EACCES, false)]
    public void A_module_that_was_loaded_before_udev_had_the_rule_is_looked_at_again(string version, int error, bool again)
    {
        BackendState state = new LoopbackBackend(new FakeLoopbackSystem(new FakeLoopbackModule(Parse(version)) { ControlErrno = error })).Look();
        Assert.Equal((true, again), (state.Available, state.NeedsModule));
    }

    [Fact]
    public void A_node_has_one_size_its_own_name_room_for_readers_and_is_a_camera_only()
    {
        FakeLoopbackModule module = new(s_newest);
        FakeLoopbackSystem system = new(module);
        system.Others.AddRange([63, 61]);
        LoopbackBackend backend = new(system);
        IReadOnlyList<NodeRecord> nodes = backend.Choose(new DeviceRequest("camfx", null, WriterRig.Mode, null, 2), new HashSet<int> { 60 });
        Assert.Equal([62, 59], nodes.Select(node => node.Number));
        DeviceRecord record = WriterRig.Record(nodes);
        backend.Make(record, 0);
        backend.Make(record, 1);
        LoopbackConfig first = module.Devices[62].Config, second = module.Devices[59].Config;
        Assert.Equal(("camfx", 64, 48, true), (first.Label, first.Width, first.Height, first.ExclusiveCaps));
        Assert.Equal("camfx 2", second.Label);
        Assert.InRange(first.MaxBuffers, 4, 8);
        Assert.True(first.MaxOpeners >= 32);
        Assert.True(backend.Exists(record, 0) && backend.Exists(record, 1));
        Assert.True(backend.Remove(nodes[1]));
        Assert.True(backend.Remove(nodes[1]), "what is gone already is removed");
        Assert.False(backend.Exists(record, 1));
    }

    [Fact]
    public void A_wanted_number_that_is_taken_is_busy()
    {
        FakeLoopbackSystem system = new(new FakeLoopbackModule(s_newest));
        system.Others.Add(7);
        LoopbackBackend backend = new(system);
        DeviceRequest request = new("camfx", null, WriterRig.Mode, 7, 1);
        Assert.Equal(BusErrors.Busy, Assert.Throws<BusException>(() => backend.Choose(request, s_none)).Name);
        Assert.Equal(6, backend.Choose(request with { Number = 6 }, s_none)[0].Number);
    }

    [Fact]
    public void A_node_that_is_open_is_not_removed()
    {
        FakeLoopbackModule module = new(s_newest);
        LoopbackBackend backend = new(new FakeLoopbackSystem(module));
        DeviceRecord record = WriterRig.Record([new NodeRecord(63, "/dev/video63", "/dev/video63", true)]);
        backend.Make(record, 0);
        using (module.Devices[63].Open()) Assert.False(backend.Remove(record.Nodes[0]));
        Assert.True(backend.Remove(record.Nodes[0]));
    }

    [Fact]
    public void A_module_without_control_hands_out_the_nodes_it_was_loaded_with()
    {
        FakeLoopbackModule module = new(Parse("0.12.7"));
        module.Make(new LoopbackConfig("camfx", 62));
        module.Make(new LoopbackConfig("camfx desk", 61));
        module.Make(new LoopbackConfig("OBS Virtual Camera", 60));
        LoopbackBackend backend = new(new FakeLoopbackSystem(module));
        NodeRecord node = backend.Choose(new DeviceRequest("camfx desk", null, WriterRig.Mode, null, 1), s_none)[0];
        Assert.Equal((61, false), (node.Number, node.Made));
        Assert.Equal(62, backend.Choose(new DeviceRequest("camfx desk", null, WriterRig.Mode, null, 1), new HashSet<int> { 61 })[0].Number);
        BusException none = Assert.Throws<BusException>(() => backend.Choose(new DeviceRequest("x", null, WriterRig.Mode, null, 1), new HashSet<int> { 61, 62 }));
        Assert.Equal(BusErrors.Unsupported, none.Name);
        Assert.Equal(BusErrors.Unsupported, Assert.Throws<BusException>(() => backend.Choose(new DeviceRequest("x", null, WriterRig.Mode, 60, 1), s_none)).Name);
        backend.Make(WriterRig.Record([node]), 0);
        Assert.True(backend.Remove(node));
        Assert.Equal(3, module.Devices.Count);
    }

    [Fact]
    public unsafe void A_node_of_an_old_module_that_another_program_left_behind_is_taken()
    {
        FakeLoopbackModule module = new(Parse("0.12.7"));
        FakeLoopback node = module.Make(new LoopbackConfig("camfx", 62));
        using (VideoOutput program = VideoOutput.Open(node.Open(), OutputModes.Of(WriterRig.Mode)))
        using (IVideoFile writing = node.Open())
        {
            byte pixel = 1;
            writing.Write(&pixel, 1);
        }

        LoopbackBackend backend = new(new FakeLoopbackSystem(module) { Keeps = false });
        using INodeOutput output = backend.Open(WriterRig.Record([new NodeRecord(62, node.Path, node.Path, false)]), 0, kept: null);
        Assert.Equal("write", output.Memory.Split(':')[0]);
    }

    [Fact]
    public void A_process_that_takes_over_goes_on_in_the_open_file_and_an_app_never_sees_the_camera_go()
    {
        FakeLoopbackModule module = new(s_newest);
        FakeLoopback node = module.Make(new LoopbackConfig("camfx", 63, 64, 48, 4, 64, ExclusiveCaps: true));
        LoopbackBackend backend = new(new FakeLoopbackSystem(module));
        DeviceRecord record = WriterRig.Record([new NodeRecord(63, node.Path, node.Path, true)]);
        WriterRig first = new(() => [backend.Open(record, 0, kept: null)]);
        Assert.Null(first.Writer.TryOpen());
        using VideoCapture app = first.Watch(node);
        first.Pass(500);
        Assert.True(first.Log.Last.Watched);

        // The first process is killed here: nothing of it is closed or stopped.
        using FileDescriptor kept = Memfd.Create("kept", 1);
        WriterRig second = new(() => [backend.Open(record, 0, kept)]);
        Assert.Null(second.Writer.TryOpen());
        Assert.True(node.IsCamera);
        long before = node.FramesShown;
        second.Pass(1000);
        Assert.True(node.FramesShown - before >= 5);
        Assert.True(second.Log.Last.Watched, "the app that was there already is not seen");
        Assert.True(app.TryDequeueNewest(out _));
    }

    private static LoopbackVersion Parse(string text)
    {
        Assert.True(LoopbackVersion.TryParse(text, out LoopbackVersion version));
        return version;
    }
}
