using System.Globalization;
using Camfx.Frames;
using Camfx.PipeWire.Tests.Producer;
using Camfx.PipeWire.Tests.Session;

namespace Camfx.PipeWire.Tests.Capture;

/// <summary>Real nodes of other processes, captured from a real daemon.</summary>
public sealed class NodeCaptureTests
{
    private const string Counter = "camfx-test";

    [SkippableTheory]
    [InlineData(PixelFormat.I420)]
    [InlineData(PixelFormat.Nv12)]
    [InlineData(PixelFormat.Yuyv)]
    [InlineData(PixelFormat.Bgra)]
    public void Pictures_arrive_whole_and_in_order(PixelFormat format)
    {
        using MediaSession session = MediaSession.Create();
        using OtherCamera camera = OtherCamera.Counter(session, "320x240", format);
        using NodeCapture capture = Start(session, Counter);
        (long Number, int Counter) last = (0, -1);
        for (int i = 0; i < 20; i++)
        {
            (long Number, int Counter) next = Next(capture, last.Number, static picture => (picture.Number, CounterPicture.ReadCounter(picture.View) ?? -1));
            Assert.True(next.Counter > last.Counter, $"picture {next} came after {last}");
            last = next;
        }

        Assert.Equal((NodeCaptureState.Linked, true), (capture.Status.State, capture.Status.IsCamera));
        Assert.Equal(0, capture.Corrupted);
    }

    [SkippableTheory]
    [InlineData("BGRx", PixelFormat.Bgra, 0x20, 0x40, 0xc0)]
    [InlineData("RGBx", PixelFormat.Rgba, 0xc0, 0x40, 0x20)]
    [InlineData("RGB", PixelFormat.Rgb24, 0xc0, 0x40, 0x20)]
    [InlineData("BGR", PixelFormat.Bgr24, 0x20, 0x40, 0xc0)]
    public unsafe void Pictures_of_other_programs_are_understood(string name, PixelFormat format, int first, int second, int third)
    {
        using MediaSession session = MediaSession.Create();
        using OtherCamera camera = OtherCamera.Flat(session, "flat", name, "0xffc04020");
        using NodeCapture capture = Start(session, "flat");
        int bytes = PixelFormatInfo.Of(format).BytesPerPixel;
        Next(capture, 0, picture =>
        {
            Assert.Equal((format, 66, 34), (picture.View.Format, picture.View.Width, picture.View.Height));
            foreach ((int x, int y) in new[] { (0, 0), (65, 0), (33, 17), (65, 33) })
            {
                byte* pixel = picture.View.Row(0, y) + x * bytes;
                Assert.Equal((first, second, third), (pixel[0], pixel[1], pixel[2]));
            }

            return 0;
        });
    }

    [SkippableFact]
    public unsafe void A_picture_lies_in_the_other_programs_own_memory()
    {
        using MediaSession session = MediaSession.Create();
        using OtherCamera camera = OtherCamera.Counter(session, "320x240", PixelFormat.I420);
        using NodeCapture capture = Start(session, Counter);
        nint address = Next(capture, 0, static picture => (nint)picture.View.Plane(0));
        string mapping = File.ReadLines("/proc/self/maps").Single(line => Contains(line, address));
        Assert.Contains("memfd:", mapping, StringComparison.Ordinal);
        Assert.Contains(" r--s ", mapping, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_node_is_waited_for_and_taken_again_when_it_is_back()
    {
        using MediaSession session = MediaSession.Create();
        using NodeCapture capture = Start(session, Counter);
        MediaSession.Until(() => capture.Status.State == NodeCaptureState.Missing, "that it is missing");
        for (int round = 0; round < 2; round++)
        {
            long before = capture.Number;
            using (OtherCamera.Counter(session, "320x240", PixelFormat.I420)) MediaSession.Until(() => capture.Number >= before + 3, "pictures");
            MediaSession.Until(() => capture.Status.State == NodeCaptureState.Gone, "that it is gone");
            lock (capture.Gate) Assert.True(capture.Look().View.IsEmpty);
        }
    }

    [SkippableFact]
    public void A_node_of_this_process_is_not_taken()
    {
        using MediaSession session = MediaSession.Create();
        using CounterCamera camera = new(new CameraNodeOptions("own", "Our own", 320, 240, 30) { Socket = session.Socket });
        camera.Start();
        using NodeCapture capture = Start(session, "our OWN");
        MediaSession.Until(() => capture.Status.State == NodeCaptureState.Own, "that it is our own");
        Assert.Equal(0, capture.Number);
    }

    [SkippableFact]
    public void Who_looks_for_some_frame_times_holds_nobody_up()
    {
        using MediaSession session = MediaSession.Create();
        using OtherCamera camera = OtherCamera.Counter(session, "320x240", PixelFormat.I420);
        using NodeCapture capture = Start(session, Counter), other = Start(session, Counter);
        ushort seen;
        long number;
        MediaSession.Until(() => capture.Number >= 2 && other.Number >= 2, "pictures");
        lock (capture.Gate)
        {
            seen = CounterPicture.ReadCounter(capture.Look().View)!.Value;
            number = capture.Number;
            long others = other.Number;
            MediaSession.Until(() => other.Number >= others + 5, "the others' pictures");

            // It is ours until we let go of it.
            Assert.Equal((seen, number), (CounterPicture.ReadCounter(capture.Look().View), capture.Number));
        }

        capture.Looked();
        MediaSession.Until(() => capture.Number > number, "the newest picture");
        Assert.True(Next(capture, number, static picture => CounterPicture.ReadCounter(picture.View)) > seen);
    }

    [SkippableFact]
    public void The_end_of_the_daemon_is_the_end_of_the_capture()
    {
        using MediaSession session = MediaSession.Create();
        using OtherCamera camera = OtherCamera.Counter(session, "320x240", PixelFormat.I420);
        using NodeCapture capture = Start(session, Counter);
        MediaSession.Until(() => capture.Number > 0, "a picture");
        session.KillPipeWire();
        MediaSession.Until(() => capture.Status.State == NodeCaptureState.Disconnected, "that it is disconnected");
    }

    [Fact]
    public void Without_a_daemon_it_says_so()
    {
        using NodeCapture capture = new(new NodeCaptureOptions("test", "x", 320, 240) { Socket = "/nonexistent/pipewire-0" }, static () => { }, static () => { });
        capture.Start();
        MediaSession.Until(() => capture.Status.State == NodeCaptureState.Disconnected, "that it is disconnected");
        Assert.Contains("/nonexistent/pipewire-0", capture.Status.Reason, StringComparison.Ordinal);
    }

    private static NodeCapture Start(MediaSession session, string target)
    {
        NodeCapture capture = new(new NodeCaptureOptions("camfx capture test", target, 320, 240) { Socket = session.Socket }, static () => { }, static () => { });
        capture.Start();
        return capture;
    }

    /// <summary>Waits for a picture after the one of this number and reads something out of it.</summary>
    private static T Next<T>(NodeCapture capture, long after, Func<CapturedBuffer, T> read)
    {
        MediaSession.Until(() => capture.Number > after, $"a picture after {after} ({capture.Status}, {capture.Corrupted} without)");
        T value;
        lock (capture.Gate) value = read(capture.Look());
        capture.Looked();
        return value;
    }

    private static bool Contains(string line, nint address)
    {
        string[] range = line.Split(' ', 2)[0].Split('-');
        return address >= nint.Parse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            && address < nint.Parse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
