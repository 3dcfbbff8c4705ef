using System.Diagnostics;
using System.Text.Json;
using Camfx.Frames;
using Camfx.Posix;

namespace Camfx.V4L2.Probe;

/// <summary>Captures in each format and by each memory type.</summary>
internal static unsafe class CaptureProbe
{
    internal static bool Run(Utf8JsonWriter json, ProbeArguments arguments)
    {
        string path = arguments.Position(0);
        VideoModes modes;
        using (VideoFile file = VideoFile.Open(path)) modes = VideoModes.List(file);
        MemoryType[] memories = arguments.Memory is { } only ? [only] : Enum.GetValues<MemoryType>();
        uint[] codes = arguments.Format is { } code ? [code] : [.. modes.Ranges.Select(range => range.Code).Distinct().Where(one => WireFormat.Of(one) is not null)];
        bool good = codes.Length > 0;
        json.WriteStartArray("captures");
        foreach (uint each in codes)
            foreach (MemoryType memory in memories) good &= One(json, path, modes, each, memory, arguments);
        json.WriteEndArray();
        return good;
    }

    private static bool One(Utf8JsonWriter json, string path, VideoModes modes, uint code, MemoryType memory, ProbeArguments arguments)
    {
        json.WriteStartObject();
        json.WriteString("format", FourCC.ToString(code));
        json.WriteString("asked", memory.ToString());
        bool good = false;
        try
        {
            good = Capture(json, path, modes, code, memory, arguments);
        }
        catch (Exception failure) when (failure is VideoException or PosixException)
        {
            json.WriteString("refused", failure.Message);
            // Several blocks of memory cannot come from one dma-buf; read() does not say where the pixels begin.
            good = memory == MemoryType.Dmabuf ? WireFormat.Of(code)!.MemoryPlanes > 1 : memory == MemoryType.ReadWrite && IsMultiPlanar(path);
        }

        json.WriteBoolean("ok", good);
        json.WriteEndObject();
        return good;
    }

    private static bool Capture(Utf8JsonWriter json, string path, VideoModes modes, uint code, MemoryType memory, ProbeArguments arguments)
    {
        ModeRange range = modes.Ranges.First(one => one.Code == code);
        (int width, int height) = arguments.Size ?? (range.MinWidth, range.MinHeight);
        VideoMode mode = range.Nearest(width, height, 30);
        VideoFile file = VideoFile.Open(path);
        int size = SizeOf(file, mode);
        using SlotMemory? slots = memory == MemoryType.Dmabuf ? new SlotMemory(4, size, dmaBufs: true) : null;
        var clock = Stopwatch.StartNew();
        using VideoCapture capture = VideoCapture.Open(file, mode, new VideoCaptureOptions
        {
            Memory = MemoryChoice.Force(memory),
            Slots = slots?.ForCapture() ?? [],
        });
        json.WriteString("mode", capture.Mode.ToString());
        json.WriteString("memory", capture.Memory.ToString());
        int frames = 0, blank = 0, late = 0;
        double first = 0;
        long end = MonotonicClock.Now + 20_000_000_000;
        while (frames < arguments.Frames && MonotonicClock.Now < end)
        {
            if (!capture.Wait(MonotonicClock.Now + 5_000_000_000)) break;
            if (!capture.TryDequeueNewest(out CapturedFrame frame)) continue;
            if (frames++ == 0) first = clock.Elapsed.TotalMilliseconds;
            if (IsBlank(frame)) blank++;
            if (frame.CaptureTimeNs > MonotonicClock.Now || MonotonicClock.Now - frame.CaptureTimeNs > 2_000_000_000) late++;
            capture.Release(frame);
        }

        CaptureStatistics statistics = capture.Statistics;
        json.WriteNumber("frames", frames);
        json.WriteNumber("blank", blank);
        json.WriteNumber("badTimes", late);
        json.WriteNumber("dropped", statistics.Dropped);
        json.WriteNumber("corrupted", statistics.Corrupted);
        json.WriteNumber("missed", statistics.Missed);
        json.WriteNumber("restarts", statistics.Restarts);
        json.WriteNumber("firstMs", Math.Round(first));
        return frames == arguments.Frames && blank == 0 && late == 0 && statistics.Corrupted == 0 && capture.Memory == memory;
    }

    private static int SizeOf(VideoFile file, VideoMode mode)
    {
        Interop.VideoDev.v4l2_format trial = FormatRequests.Wish(
            FormatRequests.BufferType(VideoNode.Query(file).Capabilities, output: false), mode.Code, mode.Width, mode.Height);
        file.Demand(Interop.VideoDev.VIDIOC_TRY_FMT, ref trial, "try a format of");
        return FormatRequests.IsMultiPlanar(trial.type) ? (int)trial.pix_mp.plane_fmt[0].sizeimage : (int)trial.pix.sizeimage;
    }

    private static bool IsMultiPlanar(string path)
    {
        using VideoFile file = VideoFile.Open(path);
        return (VideoNode.Query(file).Capabilities & DeviceCapabilities.Capture) == DeviceCapabilities.None;
    }

    // A test picture has more than one value in it.
    private static bool IsBlank(in CapturedFrame frame)
    {
        if (frame.View.IsEmpty) return frame.Length == 0;
        for (int y = 0; y < frame.View.Height; y += 8)
        {
            var row = new ReadOnlySpan<byte>(frame.View.Row(0, y), frame.View.Width);
            if (row.ContainsAnyExcept(row[0])) return false;
        }

        return true;
    }
}
