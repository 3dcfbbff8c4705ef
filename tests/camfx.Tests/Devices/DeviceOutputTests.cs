using System.Diagnostics;
using Camfx.Configuration;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.DBus.Tests;
using Camfx.Devices;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Pipeline;
using Camfx.Sinks.Device;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Devices;

/// <summary>The output device against a helper that the test plays.</summary>
public sealed partial class DeviceOutputTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly PrivateBus _bus = new();
    private readonly CameraMode _mode = new(320, 240, new FrameRate(30, 1));
    private readonly FormatQueues _queues;
    private readonly Demand _demand = new(static () => { });
    private readonly List<IDisposable> _made = [];

    public DeviceOutputTests() => _queues = new FormatQueues("camfx", _mode);

    public void Dispose()
    {
        foreach (IDisposable made in Enumerable.Reverse(_made)) made.Dispose();
        _queues.Dispose();
        _bus.Dispose();
    }

    [Fact]
    public void A_camera_without_a_device_has_one_made_in_its_size()
    {
        PlayedDeviceService helper = Helper();
        DeviceOutput output = Start();

        Assert.Equal("ready", output.State);
        Assert.Null(output.Problem);
        Assert.Equal(("camfx", 1, "auto"), (helper.Made!.Label, helper.Made.Attached, helper.Made.Wish));
        Assert.Equal((320u, 240u, 30.0), (helper.Wishes!["width"].Get(BusType.UInt32), helper.Wishes["height"].Get(BusType.UInt32), helper.Wishes["fps"].Get(BusType.Double)));
    }

    [Fact]
    public void Its_own_device_is_taken_and_nobody_elses()
    {
        PlayedDeviceService helper = Helper();
        PlayedDevice others = helper.Add(new PlayedDevice("camfx", 320, 240) { User = 4711 });
        PlayedDevice another = helper.Add(new PlayedDevice("camfx two", 320, 240));
        PlayedDevice own = helper.Add(new PlayedDevice("camfx", 320, 240));

        Start();

        Assert.Equal((0, 0, 1), (others.Attached, another.Attached, own.Attached));
        Start(label: "camfx two");
        Assert.Equal((0, 1, 1), (others.Attached, another.Attached, own.Attached));
    }

    [Fact]
    public void Only_while_somebody_watches_are_frames_wanted_and_then_they_arrive()
    {
        PlayedDeviceService helper = Helper();
        DeviceOutput output = Start();
        FormatQueue queue = _queues.Of(PixelFormat.Yuyv);
        Assert.False(queue.IsWanted);
        Assert.Equal(long.MinValue, _demand.OpenUntil);

        helper.Do(() => helper.Made!.Watched = true);
        Until(() => output.State == "streaming");
        Assert.True(queue.IsWanted);
        Assert.Equal(long.MaxValue, _demand.OpenUntil);
        Assert.True(queue.Writer.TryBegin(out FrameSlot slot));
        queue.Writer.Publish(slot, new FrameTiming(1, 2));
        Assert.True(helper.Do(() => helper.Made!.Queue!.Reader.TryAcquire(out FrameLease lease) && helper.Made.Queue.Reader.Release(lease)));

        helper.Do(() => helper.Made!.Watched = false);
        Until(() => output.State == "ready");
        Assert.False(queue.IsWanted);
        Assert.InRange(_demand.OpenUntil, 1, long.MaxValue - 1);
    }

    [Fact]
    public void Who_has_the_node_mapped_is_named_and_whoever_cannot_be_seen_is_another_user()
    {
        using TemporaryFolder folder = new();
        string node = folder.File("video0");
        File.WriteAllBytes(node, new byte[4096]);
        PlayedDeviceService helper = Helper();
        PlayedDevice device = helper.Add(new PlayedDevice("camfx", 320, 240) { Nodes = [node] });
        DeviceOutput output = Start();
        Assert.Empty(output.Consumers);

        helper.Do(() => device.Watched = true);
        Until(() => output.Consumers.Length == 1);
        Assert.Equal(("device", "another user", 0), (output.Consumers[0].Output, output.Consumers[0].Application, output.Consumers[0].ProcessId));

        using Process reader = Process.Start(new ProcessStartInfo(
            "python3", ["-c", "import mmap,sys\nwith open(sys.argv[1]) as f: m=mmap.mmap(f.fileno(),0,prot=mmap.PROT_READ)\nsys.stdin.read()", node])
        { RedirectStandardInput = true })!;
        Until(() => output.Consumers.Any(consumer => consumer.ProcessId == reader.Id));
        Assert.StartsWith("python3", output.Consumers.Single().Application, StringComparison.Ordinal);
        reader.StandardInput.Close();
        reader.WaitForExit();
        Until(() => output.Consumers.IsEmpty);

        helper.Do(() => device.Watched = false);
        Until(() => output.State == "ready");
        helper.Do(() => device.Watched = true);
        Until(() => output.Consumers.Length == 1);
        Assert.Equal("another user", output.Consumers[0].Application);
    }

    [Theory]
    [InlineData(BusErrors.NotPermitted, ExitCode.NotPermitted)]
    [InlineData(BusErrors.LimitReached, ExitCode.Failed)]
    [InlineData(BusErrors.Unsupported, ExitCode.Failed)]
    internal void A_device_that_was_asked_for_and_is_refused_ends_the_start(string error, ExitCode exitCode)
    {
        Helper().Refusal = new BusException(error, "Because.");

        CamfxException failure = Assert.Throws<CamfxException>(() => Start());

        Assert.Equal(exitCode, failure.ExitCode);
        Assert.EndsWith("make the device 'camfx': Because.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BusErrors.UnknownMethod)]
    [InlineData(BusErrors.UnknownInterface)]
    [InlineData(BusErrors.InvalidArgs)]
    internal void A_helper_that_does_not_know_what_it_is_asked_is_of_another_version(string error)
    {
        Helper().Refusal = new BusException(error, "There is no such thing.");

        CamfxException failure = Assert.Throws<CamfxException>(() => Start());

        Assert.Equal(ExitCode.Failed, failure.ExitCode);
        Assert.Contains("camfx-helper is of another version (There is no such thing); restart camfx", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_later_helper_tells_besides_is_passed_over()
    {
        using Bus bus = _bus.Connect();
        using Device1Proxy device = new(bus, DeviceService.BusName, "/org/camfx/Helper1/devices/1");

        device.Load(new Dictionary<string, Variant> { ["Label"] = "camfx", ["Temperature"] = 36.6, ["State"] = "frozen" });

        Assert.Equal(("camfx", "frozen"), (device.Label, device.State));
    }

    [Fact]
    public void A_device_of_auto_that_is_refused_is_a_problem_and_is_asked_for_again()
    {
        PlayedDeviceService helper = Helper();
        helper.Refusal = BusException.NotPermitted("Because.");
        DeviceOutput output = Start(required: false);
        Until(() => output.State == "refused");
        Assert.Equal("You may not make the device 'camfx': Because.", output.Problem);

        helper.Do(() => helper.Refusal = null);
        Until(() => output.State == "ready");

        Assert.Null(output.Problem);
    }

    [Fact]
    public void Without_a_helper_it_is_said_that_there_is_none()
    {
        CamfxException failure = Assert.Throws<CamfxException>(() => Start());

        Assert.Equal(ExitCode.NotRunning, failure.ExitCode);
        Assert.Contains("camfx-helper", failure.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.NotRunning, Assert.Throws<CamfxException>(() => Start(open: static () => Bus.Open("unix:path=/nonexistent/bus"))).ExitCode);
    }

    [Fact]
    public async Task A_helper_that_starts_anew_to_use_its_module_is_asked_again()
    {
        PlayedDeviceService first = Helper();
        first.Refusal = BusException.Busy("The helper starts anew; call again.");
        using ManualResetEventSlim refused = new();
        first.Refused = refused.Set;
        Task<PlayedDeviceService> second = Task.Run(() =>
        {
            refused.Wait(s_patience);

            // Its answer is on its way: the played helper answers before it does anything else.
            first.Do(static () => { });
            first.Dispose();
            return Helper();
        });

        DeviceOutput output = Start();

        Assert.Equal("ready", output.State);
        Assert.Equal((1, null), ((await second).Made!.Attached, output.Problem));
    }

    [Theory]
    [InlineData(640u, 30)]
    [InlineData(320u, 10)]
    public void A_device_of_another_size_or_rate_is_made_anew_with_its_number_and_readers(uint width, double rate)
    {
        PlayedDeviceService helper = Helper();
        PlayedDevice before = helper.Add(new PlayedDevice("camfx", width, 240) { Rate = rate, Nodes = ["/dev/video40", "/dev/video41"] });

        DeviceOutput output = Start();

        Assert.Equal("ready", output.State);
        Assert.Equal((0, 1), (before.Attached, helper.Made!.Attached));
        Assert.Equal((320u, 240u, 30.0), (helper.Made.Width, helper.Made.Height, helper.Made.FrameRate));
        Assert.Equal((40u, 2u), (helper.Wishes!["number"].Get(BusType.UInt32), helper.Wishes["readers"].Get(BusType.UInt32)));
    }

    [Fact]
    public void A_device_of_another_size_that_is_in_use_stays_and_it_is_said()
    {
        PlayedDevice device = Helper().Add(new PlayedDevice("camfx", 640, 240) { Refusal = BusException.Busy("Somebody watches.") });

        CamfxException failure = Assert.Throws<CamfxException>(() => Start());

        Assert.Contains("320x240", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("Somebody watches.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, device.Attached);
    }

    [Fact]
    public void A_device_that_is_being_made_when_the_output_ends_is_found_by_the_next()
    {
        PlayedDeviceService helper = Helper();
        helper.Takes = TimeSpan.FromMilliseconds(300);
        DeviceOutput first = Start(required: false);
        Until(() => helper.Wishes is not null);

        first.Dispose();
        PlayedDevice made = helper.Do(() => helper.Made)!;
        Start();

        Assert.Same(made, helper.Made);
    }

    [Theory]
    [InlineData("YUYV", 640u, "v4l2-output", "run with --size 640x240")]
    [InlineData("MJPG", 320u, "v4l2loopback", "which camfx cannot make")]
    public void A_device_that_shows_something_else_is_refused_with_what_to_do(string format, uint width, string backend, string hint)
    {
        PlayedDevice device = Helper().Add(new PlayedDevice("camfx", width, 240) { Shows = format, Way = backend });

        CamfxException failure = Assert.Throws<CamfxException>(() => Start());

        Assert.Contains(hint, failure.Message, StringComparison.Ordinal);
        Assert.Contains("camfx device set 'camfx'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, device.Attached);
    }

    [Fact]
    public void A_helper_that_restarts_gets_the_queue_again()
    {
        PlayedDeviceService first = Helper();
        DeviceOutput output = Start();
        first.Do(() => first.Made!.Watched = true);
        Until(() => output.State == "streaming");

        first.Dispose();
        PlayedDevice device = new("camfx", 320, 240) { Watched = true };
        Helper(device);
        Until(() => device.Attached > 0 && output.State == "streaming");

        Assert.Null(output.Problem);
        Assert.Equal(long.MaxValue, _demand.OpenUntil);
        Until(() => _queues.Of(PixelFormat.Yuyv).Writer.Statistics.Consumers == 1);
    }

    [Fact]
    public void A_queue_that_the_device_let_go_is_given_again()
    {
        PlayedDeviceService helper = Helper();
        DeviceOutput output = Start();
        helper.Do(() => helper.Made!.StateReason = "It broke a rule.");

        helper.Do(helper.Made!.LetGo);
        Until(() => output.Problem?.Contains("It broke a rule.", StringComparison.Ordinal) == true);
        Until(() => helper.Made.Attached == 2 && output.Problem is null);

        Assert.Equal("ready", output.State);
    }

    [Fact]
    public void A_device_that_is_removed_is_not_made_again_but_taken_when_it_is_there()
    {
        PlayedDeviceService helper = Helper();
        DeviceOutput output = Start();
        PlayedDevice removed = helper.Made!;

        helper.Remove(removed);
        Until(() => output.State == "gone");
        Assert.Contains("camfx device add", output.Problem!, StringComparison.Ordinal);
        Assert.Same(removed, helper.Made);
        PlayedDevice device = helper.Add(new PlayedDevice("camfx", 320, 240) { Shows = "NV12" });
        Until(() => output.State == "ready");

        Assert.Equal((1, PixelFormat.Nv12), (device.Attached, helper.Do(() => device.Queue!.Reader.Layout.Format)));
    }

    [Fact]
    public void At_the_end_the_device_gets_its_placeholder_back_and_the_queue_its_leases()
    {
        PlayedDeviceService helper = Helper();
        DeviceOutput output = Start();
        helper.Do(() => helper.Made!.Watched = true);
        Until(() => output.State == "streaming");

        output.Dispose();

        Until(() => helper.Made!.Detached == 1);
        Assert.Equal(0, _queues.Of(PixelFormat.Yuyv).Writer.Statistics.Consumers);
        Assert.False(_queues.Of(PixelFormat.Yuyv).IsWanted);
    }

    [Fact]
    public void The_end_of_the_bus_is_a_problem_and_not_the_end()
    {
        Helper();
        DeviceOutput output = Start();

        _bus.Kill();
        Until(() => output.Problem is not null);

        Assert.Contains("bus", output.Problem!, StringComparison.Ordinal);
        Assert.Equal(0, _queues.Of(PixelFormat.Yuyv).Writer.Statistics.Consumers);
    }

    [Theory]
    [InlineData(ZeroCopy.Auto, "auto")]
    [InlineData(ZeroCopy.Force, "zero-copy")]
    [InlineData(ZeroCopy.Off, "copy")]
    internal void Zero_copy_is_the_devices_memory(ZeroCopy zeroCopy, string wish)
    {
        PlayedDeviceService helper = Helper();
        PlayedDevice device = helper.Add(new PlayedDevice("camfx", 320, 240) { Way = "akvcam" });

        Start(zeroCopy: zeroCopy);

        Assert.Equal(wish, device.Wish);
        Assert.Equal(zeroCopy == ZeroCopy.Off ? 0 : _queues.Of(PixelFormat.Yuyv).Writer.DmaBufs.Length, device.DmaBufs);
        Assert.InRange(device.DmaBufs, 0, 9);
    }

    private PlayedDeviceService Helper(params PlayedDevice[] devices)
    {
        PlayedDeviceService helper = new(_bus, devices);
        _made.Add(helper);
        return helper;
    }

    private DeviceOutput Start(string? label = null, bool required = true, ZeroCopy zeroCopy = ZeroCopy.Auto, Func<Bus>? open = null)
    {
        CameraOptions options = new("camfx", "test:smpte", [], _mode, ["device"], IdleMode.OnDemand) { ZeroCopy = zeroCopy };
        DeviceOutput output = new(options, _queues, _demand, label, required, open ?? _bus.Connect);
        _made.Add(output);
        output.Start();
        return output;
    }

    private static void Until(Func<bool> condition)
    {
        long begin = Stopwatch.GetTimestamp();
        using ManualResetEventSlim never = new();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < s_patience, "It did not happen in time.");
            never.Wait(TimeSpan.FromMilliseconds(5));
        }
    }
}
