using System.Text.Json;
using Camfx.Frames;
using Camfx.Posix;

namespace Camfx.V4L2.Probe;

/// <summary>v4l2loopback as its control node makes it: what camfx relies on, each by itself.</summary>
internal static class LoopbackProbe
{
    private const int Width = 320;
    private const int Height = 240;
    private static readonly OutputMode s_mode = new(Width, Height, PixelFormat.Yuyv, new FrameRate(30, 1));
    private static readonly VideoMode s_reading = new(FourCC.Pack("YUYV"), Width, Height, new FrameRate(30, 1));

    internal static bool Run(Utf8JsonWriter json, ProbeArguments arguments)
    {
        LoopbackVersion version = LoopbackVersions.Loaded() ?? throw new ArgumentException("v4l2loopback is not loaded.");
        json.WriteString("version", version.ToString());
        using LoopbackControl control = LoopbackControl.Open(arguments.Option("control", LoopbackControl.DefaultPath));
        var config = new LoopbackConfig("camfx probe", 59, Width, Height);
        int number = control.Add(config);
        string path = $"/dev/video{number}";
        try
        {
            WaitForNode(path);
            bool good = Check(json, "describes itself", control.Query(number) == config);
            good &= Check(json, "takes no second device of its number", Refuses(() => control.Add(config), VideoFailure.Busy));
            good &= Exclusive(json, path, version);
            good &= Check(json, "is one of the nodes", VideoNodes.Find("camfx probe")?.Path == path);
            return Check(json, "is removed", control.Remove(number)) && good;
        }
        catch (VideoException)
        {
            control.Remove(number);
            throw;
        }
    }

    private static bool Exclusive(Utf8JsonWriter json, string path, LoopbackVersion version)
    {
        bool good = Check(json, "is an output before it is written to", Node(path) is { IsOutput: true, IsCapture: false });
        VideoFile file = VideoFile.Open(path);
        using FileDescriptor kept = file.Descriptor.Duplicate();
        VideoOutput output = VideoOutput.Open(file, s_mode);
        UsageEvents? events = UsageEvents.TrySubscribe(file);
        good &= Check(json, "has the usage event", events is not null);
        good &= Check(json, "and nobody watches at first", events!.TryRead(out bool watched) && !watched);
        Show(output, 1);
        good &= Check(json, "is a camera while it is written to", Node(path) is { IsOutput: false, IsCapture: true });
        good &= Check(json, "of one size", Modes(path) is [{ IsDiscrete: true, MinWidth: Width, MinHeight: Height }]);

        using (VideoCapture reader = VideoCapture.Open(VideoFile.Open(path), s_reading))
        {
            good &= Check(json, "tells of its reader", events.TryRead(out watched) && watched);
            good &= Check(json, "gives each frame to it", Reads(output, reader));
            bool busy = Refuses(() => Read(path), VideoFailure.Busy);
            good &= Check(json, "has one streaming reader since 0.14", busy == LoopbackVersions.HasTokens(version));
        }

        good &= Check(json, "tells that it left", events.TryRead(out watched) && !watched);
        good &= Check(json, "keeps no copy but the one", output.Statistics.Faults == 0 && output.Memory == MemoryType.Mmap);

        output.Leave();
        good &= Check(json, "stays a camera in another's hands", Node(path).IsCapture);
        good &= Resumes(json, path, kept, MemoryType.Mmap);
        kept.Dispose();
        good &= Check(json, "is an output again at the end", Node(path) is { IsOutput: true, IsCapture: false });
        good &= Check(json, "and a reader is told that nobody writes", Refuses(() => Read(path), VideoFailure.NoWriter));
        VideoFile second = VideoFile.Open(path);
        using FileDescriptor keptToo = second.Descriptor.Duplicate();
        VideoOutput writing = VideoOutput.Open(second, s_mode, new VideoOutputOptions { Memory = MemoryChoice.Force(MemoryType.ReadWrite) });
        Show(writing, 3);
        using (VideoCapture reader = VideoCapture.Open(
            VideoFile.Open(path), s_reading, new VideoCaptureOptions { Memory = MemoryChoice.Force(MemoryType.ReadWrite) }))
        {
            good &= Check(json, "does write() and read()", Reads(writing, reader));
        }

        writing.Leave();
        return Resumes(json, path, keptToo, MemoryType.ReadWrite) && good;
    }

    private static bool Resumes(Utf8JsonWriter json, string path, FileDescriptor kept, MemoryType memory)
    {
        using VideoOutput output = VideoOutput.Open(
            VideoFile.Adopt(kept.Duplicate(), path), s_mode, new VideoOutputOptions { Resume = true, Memory = MemoryChoice.Force(memory) });
        bool good = Check(json, $"is taken over by {memory}", Node(path).IsCapture && output.Memory == memory);
        Show(output, 2);
        using VideoCapture reader = VideoCapture.Open(VideoFile.Open(path), s_reading);
        return Check(json, $"and its frames arrive by {memory}", Reads(output, reader)) && Node(path).IsCapture && good;
    }

    private static bool Reads(VideoOutput output, VideoCapture reader)
    {
        for (byte value = 20; value < 60; value++)
        {
            Show(output, value);
            if (!reader.Wait(MonotonicClock.Now + 2_000_000_000) || !reader.TryDequeueNewest(out CapturedFrame frame)) return false;
            bool right = Pixel(frame) == value;
            reader.Release(frame);
            if (!right) return false;
        }

        return true;
    }

    private static void Read(string path)
    {
        using VideoFile file = VideoFile.Open(path);
        using VideoCapture capture = VideoCapture.Open(file, s_reading);
    }

    private static unsafe byte Pixel(in CapturedFrame frame) => *frame.View.Row(0, frame.View.Height - 1);

    private static unsafe void Show(VideoOutput output, byte value)
    {
        using var picture = new FrameBuffer(output.Layout, ColorMatrix.Bt601, ColorRange.Limited);
        picture.Bytes.Fill(value);
        if (!output.Write(picture.View, MonotonicClock.Now)) throw new ArgumentException($"A frame was not taken: {output.LastFault}");
    }

    private static VideoNode Node(string path)
    {
        using VideoFile file = VideoFile.Open(path, MapAccess.Read);
        return VideoNode.Query(file);
    }

    private static IReadOnlyList<ModeRange> Modes(string path)
    {
        using VideoFile file = VideoFile.Open(path, MapAccess.Read);
        return VideoModes.List(file).Ranges;
    }

    private static void WaitForNode(string path)
    {
        long end = MonotonicClock.Now + 5_000_000_000;
        using FolderWatch watch = FolderWatch.Create("/dev");
        while (!File.Exists(path) && MonotonicClock.Now < end)
        {
            var descriptor = new PollDescriptor(watch.Descriptor, PollEvents.Readable);
            Poll.Wait(new Span<PollDescriptor>(ref descriptor), 1_000_000_000);
            watch.Drain();
        }
    }

    private static bool Refuses(Action action, VideoFailure failure)
    {
        try
        {
            action();
            return false;
        }
        catch (VideoException refusal)
        {
            return refusal.Failure == failure;
        }
    }

    private static bool Check(Utf8JsonWriter json, string what, bool holds)
    {
        json.WriteBoolean(what, holds);
        return holds;
    }
}
