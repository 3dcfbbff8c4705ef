using Camfx.DBus.Interfaces;
using Camfx.Posix;

namespace Camfx.DBus.Tests;

/// <summary>The interface of a device as a client and a server of the product use it.</summary>
public sealed class DeviceInterfaceTests : IDisposable
{
    private const string Path = "/org/camfx/Helper1/devices/1";

    private readonly PrivateBus _daemon = new();
    private readonly LoopThread _server;
    private readonly Bus _client;

    public DeviceInterfaceTests()
    {
        _server = new LoopThread(_daemon.Connect());
        _client = _daemon.Connect();
        _server.Do(() =>
        {
            _server.Bus.RequestName("org.camfx.Helper1");
            _server.Bus.Objects.AddManager("/org/camfx/Helper1");
        });
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _daemon.Dispose();
    }

    [Fact]
    public void Descriptors_of_a_queue_arrive_and_the_answer_may_come_later()
    {
        FakeDevice device = Export();
        using Device1Proxy proxy = new(_client, "org.camfx.Helper1", Path);
        FileDescriptor[] slots = [.. Enumerable.Range(0, 10).Select(index => Memfd.Create($"slot{index}", 4096 * (index + 1)))];
        using FileDescriptor queue = Memfd.Create("queue", 4096);
        using FileDescriptor control = Memfd.Create("control", 8192);

        proxy.Attach(queue, control, slots, new Dictionary<string, Variant> { ["memory"] = "auto" });

        Assert.Equal([4096, 8192, .. Enumerable.Range(1, 10).Select(index => 4096 * index)], device.Sizes);
        Assert.Equal("auto", device.Memory);
        foreach (FileDescriptor slot in slots) slot.Dispose();
    }

    [Fact]
    public void A_refusal_is_told_by_name()
    {
        Export().Refusal = BusException.Busy("Another camera has it.");
        using Device1Proxy proxy = new(_client, "org.camfx.Helper1", Path);

        BusException error = Assert.Throws<BusException>(proxy.Detach);

        Assert.Equal((BusErrors.Busy, "Another camera has it."), (error.Name, error.Message));
    }

    [Fact]
    public void Properties_are_read_once_and_followed_then()
    {
        FakeDevice device = Export();
        using Device1Proxy proxy = new(_client, "org.camfx.Helper1", Path);
        bool changed = false;
        proxy.Follow(() => changed = true);
        proxy.Refresh();
        Assert.Equal(("/dev/video63", "YUYV", false, 30.0), (proxy.Path, proxy.Format, proxy.Watched, proxy.FrameRate));
        Assert.Equal(5UL, proxy.Statistics["frames"].Get(BusType.UInt64));

        _server.Do(() => device.Watched = true);
        Until(() => changed);

        Assert.True(proxy.Watched);
    }

    [Fact]
    public void The_object_manager_tells_which_devices_there_are()
    {
        Export();
        using ObjectManagerProxy manager = new(_client, "org.camfx.Helper1", "/org/camfx/Helper1");

        var objects = manager.GetManagedObjects();

        Assert.Equal("YUYV", objects[Path][Device1Proxy.Interface]["Format"].Get(BusType.String));
    }

    private FakeDevice Export()
    {
        FakeDevice device = new();
        _server.Do(() => _server.Bus.Objects.Add(Path, device));
        return device;
    }

    private void Until(Func<bool> condition)
    {
        using BusLoop loop = new(_client);
        using IDisposable limit = loop.After(TimeSpan.FromSeconds(30), loop.Stop);
        void Look()
        {
            if (condition()) loop.Stop();
            else loop.After(TimeSpan.FromMilliseconds(1), Look);
        }

        Look();
        loop.Run();
        Assert.True(condition(), "It did not happen in time.");
    }

    private sealed class FakeDevice : Device1Server
    {
        public BusException? Refusal { get; set; }

        public long[] Sizes { get; private set; } = [];

        public new string Memory { get; private set; } = "";

        public override string Path => "/dev/video63";

        public override string[] Paths => ["/dev/video63"];

        public override string Label => "camfx";

        public override string Backend => "none";

        public override string Format => "YUYV";

        public override uint Width => 1280;

        public override uint Height => 720;

        public override double FrameRate => 30;

        public override uint Owner => 1000;

        public override IReadOnlyDictionary<string, Variant> Statistics => new Dictionary<string, Variant> { ["frames"] = 5UL };

        protected override void Attach(
            MethodCall call, FileDescriptor queue, FileDescriptor control, FileDescriptor[] dmabufs, IReadOnlyDictionary<string, Variant> options) =>
            call.GetCredentials(who =>
            {
                Assert.Equal((uint)Environment.ProcessId, who.Value.ProcessId);
                FileDescriptor[] all = [queue, control, .. dmabufs];
                Sizes = [.. all.Select(descriptor => FileStatus.Of(descriptor).Size)];
                foreach (FileDescriptor descriptor in all) descriptor.Dispose();
                Memory = options["memory"].Get(BusType.String);
                call.Reply();
            });

        protected override void Detach(MethodCall call) => throw Refusal ?? BusException.Failed("Nothing to refuse.");

        protected override void Remove(MethodCall call) => call.Reply();
    }
}
