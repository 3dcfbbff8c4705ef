using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Helper.Tests.Devices;
using Camfx.Posix;

namespace Camfx.Helper.Tests.Service;

/// <summary>The real program, over the bus, with devices that have no node.</summary>
public sealed class HelperTests : IDisposable
{
    private readonly HelperRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_device_is_made_shown_and_removed()
    {
        Bus bus = _rig.Connect();
        ObjectPath path = HelperRig.Create(bus, "camfx desk", ("fps", 25.0), ("format", "NV12"));
        Assert.Equal([path.Text], HelperRig.Devices(bus));
        using Device1Proxy device = HelperRig.Device(bus, path);
        device.Refresh();
        Assert.Equal(("camfx desk", "none", "NV12", 64u, 48u, 25.0), (device.Label, device.Backend, device.Format, device.Width, device.Height, device.FrameRate));
        Assert.Equal(("placeholder", "", Environment.IsPrivilegedProcess), (device.State, device.Path, device.Owner == 0));
        using Helper1Proxy helper = HelperRig.Helper(bus);
        helper.Refresh();
        Assert.Equal(["v4l2loopback", "akvcam", "v4l2-output", "none"], helper.Backends.Select(backend => backend.Name));
        Assert.Contains(helper.Diagnose(), finding => finding.Topic == "device 1" && finding.Severity == "ok");
        device.Remove();
        Assert.Empty(HelperRig.Devices(bus));
        Assert.Equal(BusErrors.UnknownObject, Assert.Throws<BusException>(device.Remove).Name);
        Assert.Equal("/org/camfx/Helper1/devices/2", HelperRig.Create(bus).Text);
        Assert.Equal(["org.camfx.helper.create-device", "org.camfx.helper.remove-device", "org.camfx.helper.create-device"], _rig.Polkit.Questions.Select(question => question.Action));
        Assert.All(_rig.Polkit.Questions, question => Assert.Equal(bus.UniqueName, question.Subject));
    }

    [Theory]
    [InlineData("org.camfx.helper.create-device")]
    [InlineData("org.camfx.helper.remove-device")]
    public void What_polkit_denies_is_not_done(string action)
    {
        Bus bus = _rig.Connect();
        ObjectPath path = HelperRig.Create(bus);
        _rig.Polkit.Denied.Add(action);
        BusException refusal = Assert.Throws<BusException>(() =>
        {
            if (action.EndsWith("create-device", StringComparison.Ordinal)) HelperRig.Create(bus, "camfx two");
            else HelperRig.Device(bus, path).Remove();
        });
        Assert.Equal(BusErrors.NotPermitted, refusal.Name);
        Assert.Equal([path.Text], HelperRig.Devices(bus));
    }

    [Fact]
    public void What_is_wrong_is_refused_by_name()
    {
        Bus bus = _rig.Connect();
        AssertInvalid("100%");
        AssertInvalid("a\nb");
        AssertInvalid("");
        AssertInvalid("camfx", ("width", 15u));
        AssertInvalid("camfx", ("width", 63u));
        AssertInvalid("camfx", ("width", 8192u), ("height", 8192u));
        AssertInvalid("camfx", ("width", "640"));
        AssertInvalid("camfx", ("format", "MJPG"));
        AssertInvalid("camfx", ("format", "??"));
        AssertInvalid("camfx", ("fps", 0.5));
        AssertInvalid("camfx", ("fps", double.NaN));
        AssertInvalid("camfx", ("readers", 5u));
        AssertInvalid("camfx", ("number", -1));
        AssertInvalid("camfx", ("backend", "x"));
        AssertInvalid("camfx", ("colour", "red"));
        Assert.Empty(HelperRig.Devices(bus));

        void AssertInvalid(string label, params (string, Variant)[] options) =>
            Assert.Equal(BusErrors.InvalidArgument, Assert.Throws<BusException>(() => HelperRig.Create(bus, label, options)).Name);
    }

    [Fact]
    public void A_user_gets_eight_nodes()
    {
        Bus bus = _rig.Connect();
        HelperRig.Create(bus, "camfx", ("readers", 4u));
        HelperRig.Create(bus, "camfx 2", ("readers", 3u));
        Assert.Equal(BusErrors.LimitReached, Assert.Throws<BusException>(() => HelperRig.Create(bus, "camfx 3", ("readers", 2u))).Name);
        ObjectPath last = HelperRig.Create(bus, "camfx 3");
        Assert.Equal(BusErrors.LimitReached, Assert.Throws<BusException>(() => HelperRig.Create(bus, "camfx 4")).Name);
        HelperRig.Device(bus, last).Remove();
        HelperRig.Create(bus, "camfx 4");
    }

    [Fact]
    public void Frames_are_taken_until_the_program_leaves_the_bus()
    {
        Bus bus = _rig.Connect(), program = _rig.Connect(), other = _rig.Connect();
        ObjectPath path = HelperRig.Create(bus);
        using TestQueue queue = new(WriterRig.Mode, static () => MonotonicClock.Now);
        Attach(program, path, queue);
        using Device1Proxy device = HelperRig.Device(bus, path);
        HelperRig.Until(() => Publish(queue, device) is "streaming", "a picture");
        Assert.Equal(BusErrors.Busy, Assert.Throws<BusException>(() => Attach(other, path, queue)).Name);
        Assert.Equal(BusErrors.NotPermitted, Assert.Throws<BusException>(HelperRig.Device(other, path).Detach).Name);
        program.Dispose();
        HelperRig.Until(() => Publish(queue, device) is "placeholder", "the placeholder");
        Assert.Contains("has ended", device.StateReason, StringComparison.Ordinal);
        HelperRig.Until(() => !_rig.Kept.Contains("device1-queue"), "the end of the kept queue");
        using TestQueue next = new(WriterRig.Mode, static () => MonotonicClock.Now);
        Attach(other, path, next);
        HelperRig.Until(() => Publish(next, device) is "streaming", "the next one's picture");
        HelperRig.Device(other, path).Detach();
        HelperRig.Until(() => Publish(next, device) is "placeholder", "the placeholder");
        Assert.True(device.Statistics["frames"].Get(BusType.UInt64) > 0);
    }

    [Fact]
    public void A_device_has_one_thread_and_the_rest_is_the_first_ones_work()
    {
        Bus bus = _rig.Connect(), program = _rig.Connect();
        ObjectPath path = HelperRig.Create(bus, "camfx one");
        HelperRig.Create(bus, "camfx two", ("readers", 2u));
        using TestQueue queue = new(WriterRig.Mode, static () => MonotonicClock.Now);
        Attach(program, path, queue);
        using Device1Proxy device = HelperRig.Device(bus, path);
        HelperRig.Until(() => Publish(queue, device) is "streaming", "a picture");

        // What the runtime starts for itself (signals, finalizers, its compiler) has a name of its own.
        string[] ours = [.. HelperRig.Threads(bus).Where(static name => !name.StartsWith(".NET ", StringComparison.Ordinal))];
        Assert.Equal(["device", "device", "main"], ours);
    }

    [Fact]
    public void A_queue_that_breaks_a_rule_is_refused_or_let_go_and_the_helper_lives()
    {
        Bus bus = _rig.Connect();
        uint process = bus.CredentialsOf(HelperRig.Name).ProcessId;
        ObjectPath path = HelperRig.Create(bus);
        using Device1Proxy device = HelperRig.Device(bus, path);
        using FileDescriptor empty = Memfd.Create("empty", 0), large = Memfd.Create("large", 1L << 33);
        using TestQueue queue = new(WriterRig.Mode, static () => MonotonicClock.Now);
        using Posix.Pipe pipe = Posix.Pipe.Create();
        foreach (FileDescriptor memory in new[] { empty, large, pipe.Reading, queue.Control })
            Assert.Equal(BusErrors.InvalidArgument, Assert.Throws<BusException>(() => device.Attach(memory, queue.Control, [], new Dictionary<string, Variant>())).Name);
        foreach (FileDescriptor control in new[] { empty, large, pipe.Reading, queue.Writer.Memory })
            Assert.Equal(BusErrors.InvalidArgument, Assert.Throws<BusException>(() => device.Attach(queue.Writer.Memory, control, [], new Dictionary<string, Variant>())).Name);
        Assert.Equal(
            BusErrors.InvalidArgument,
            Assert.Throws<BusException>(() => device.Attach(queue.Writer.Memory, queue.Control, [], new Dictionary<string, Variant> { ["socket"] = "x" })).Name);
        Assert.Equal(
            BusErrors.Unsupported,
            Assert.Throws<BusException>(() => device.Attach(queue.Writer.Memory, queue.Control, [], new Dictionary<string, Variant> { ["memory"] = "zero-copy" })).Name);
        Attach(bus, path, queue);
        HelperRig.Until(() => Publish(queue, device) is "streaming", "a picture");
        unsafe
        {
            *(ulong*)(queue.Memory + 0x80) = ulong.MaxValue;
        }

        HelperRig.Until(() => Refreshed(device).State == "placeholder", "the placeholder");
        HelperRig.Until(() => Refreshed(device).StateReason.Contains("refused", StringComparison.Ordinal), "the reason");
        Assert.Equal(process, bus.CredentialsOf(HelperRig.Name).ProcessId);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public unsafe void A_queue_of_another_version_is_refused_with_what_to_do_and_the_helper_lives(int version)
    {
        Bus bus = _rig.Connect();
        ObjectPath path = HelperRig.Create(bus);
        using Device1Proxy device = HelperRig.Device(bus, path);
        using TestQueue queue = new(WriterRig.Mode, static () => MonotonicClock.Now);
        int* word = (int*)(queue.Memory + 0x08);
        *word = version;
        BusException refusal = Assert.Throws<BusException>(() => device.Attach(queue.Writer.Memory, queue.Control, [], new Dictionary<string, Variant>()));
        Assert.Equal(BusErrors.Unsupported, refusal.Name);
        Assert.Contains($"version {version}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("restart camfx", refusal.Message, StringComparison.Ordinal);
        *word = 1;
        Attach(bus, path, queue);
        HelperRig.Until(() => Publish(queue, device) is "streaming", "a picture");
    }

    [Fact]
    public void A_kill_loses_no_device_and_no_queue_and_doubles_none()
    {
        Bus bus = _rig.Connect(), program = _rig.Connect();
        ObjectPath first = HelperRig.Create(bus, "camfx"), second = HelperRig.Create(bus, "camfx desk", ("readers", 2u));
        using TestQueue queue = new(WriterRig.Mode, static () => MonotonicClock.Now);
        Attach(program, first, queue);
        using Device1Proxy device = HelperRig.Device(bus, first);
        for (int round = 0; round < 4; round++)
        {
            HelperRig.Until(() => Publish(queue, device) is "streaming", "a picture");
            _rig.Kill(bus);
            Assert.Equal([first.Text, second.Text], HelperRig.Devices(bus));
        }

        HelperRig.Until(() => Publish(queue, device) is "streaming", "a picture");
        program.Dispose();
        HelperRig.Until(() => Publish(queue, device) is "placeholder", "the placeholder");
        HelperRig.Device(bus, second).Remove();
        _rig.Kill(bus);
        Assert.Equal([first.Text], HelperRig.Devices(bus));
        Assert.Equal("/org/camfx/Helper1/devices/3", HelperRig.Create(bus, "camfx three").Text);
    }

    [Fact]
    public void A_program_that_left_while_the_helper_was_dead_is_missed()
    {
        Bus bus = _rig.Connect(), program = _rig.Connect();
        ObjectPath path = HelperRig.Create(bus);
        using TestQueue queue = new(WriterRig.Mode, static () => MonotonicClock.Now);
        Attach(program, path, queue);
        HelperRig.Until(() => _rig.Kept.Contains("device1-socket"), "the kept queue");
        program.Dispose();
        _rig.Kill(bus);
        using Device1Proxy device = HelperRig.Device(bus, path);
        HelperRig.Until(() => !_rig.Kept.Any(name => name.StartsWith("device1-", StringComparison.Ordinal)), "the end of what was kept");
        Attach(bus, path, queue);
        HelperRig.Until(() => Publish(queue, device) is "streaming", "a picture");
    }

    [Fact]
    public void Killed_at_any_moment_of_making_and_removing_it_goes_on()
    {
        Bus bus = _rig.Connect();
        for (int round = 0; round < 6; round++)
        {
            // The call is on its way when the process dies: it was answered, or it is made again.
            using Bus maker = _rig.Connect();
            using Helper1Proxy helper = HelperRig.Helper(maker);
            bool answered = false;
            helper.CreateDeviceAsync("camfx", new Dictionary<string, Variant> { ["backend"] = "none", ["width"] = 64u, ["height"] = 48u }, _ => answered = true);
            maker.Flush();
            _rig.Kill(bus);
            HelperRig.Until(() => Turn(maker) && answered, "an answer");
            if (HelperRig.Devices(bus).Count == 0) HelperRig.Create(bus);
            Assert.Single(HelperRig.Devices(bus));
            HelperRig.Device(bus, HelperRig.Devices(bus)[0]).Remove();
            Assert.Empty(HelperRig.Devices(bus));
        }
    }

    private static bool Turn(Bus bus)
    {
        while (bus.Process())
        {
        }

        return true;
    }

    private static void Attach(Bus bus, ObjectPath path, TestQueue queue)
    {
        using Device1Proxy device = HelperRig.Device(bus, path);
        device.Attach(
            queue.Writer.Memory, queue.Control, [], new Dictionary<string, Variant> { ["socket"] = Variant.Of(BusType.Descriptor, queue.Peer) });
    }

    private static string Publish(TestQueue queue, Device1Proxy device)
    {
        queue.Publish(1);
        return Refreshed(device).State;
    }

    private static Device1Proxy Refreshed(Device1Proxy device)
    {
        device.Refresh();
        return device;
    }
}
