using System.Text.Json;
using Camfx.Frames;
using Camfx.Posix;

namespace Camfx.V4L2.Probe;

/// <summary>Frames with numbers go into one node and must come out of another, byte for byte and in order.</summary>
internal static unsafe class LoopProbe
{
    private const int HeaderBytes = 4;

    internal static bool Run(Utf8JsonWriter json, ProbeArguments arguments)
    {
        uint code = arguments.Format ?? FourCC.Pack("YUYV");
        PixelFormat format = PixelFormatInfo.FromFourCC(code);
        (int width, int height) = arguments.Size ?? (640, 480);
        MemoryType memory = arguments.Memory ?? MemoryType.Mmap;
        using VideoOutput output = VideoOutput.Open(
            VideoFile.Open(arguments.Position(0)), new OutputMode(width, height, format, new FrameRate(30, 1)),
            new VideoOutputOptions { Memory = MemoryChoice.Force(memory) });
        using var writer = new Writer(output, memory);
        // A loopback is a camera only when frames come; others do not mind.
        writer.Show(0);
        writer.Show(1);
        using VideoCapture capture = VideoCapture.Open(
            VideoFile.Open(arguments.Position(1)), new VideoMode(code, width, height, new FrameRate(30, 1)));
        json.WriteString("output", output.Memory.ToString());
        json.WriteString("outputWhyNotBetter", output.WhyNotBetter);
        json.WriteString("input", capture.Memory.ToString());

        int seen = 0, wrong = 0, backwards = 0, older = 0;
        uint last = 0;
        uint number = 2;
        long end = MonotonicClock.Now + 60_000_000_000;
        long next = MonotonicClock.Now;
        while (seen < arguments.Frames && MonotonicClock.Now < end)
        {
            if (MonotonicClock.Now >= next)
            {
                if (writer.Show(number)) number++;
                next += 40_000_000;
            }

            if (!capture.Wait(next) || !capture.TryDequeueNewest(out CapturedFrame frame)) continue;
            uint got = Number(frame.View);
            // What was in the device before the first frame of ours.
            if (seen == 0 && (got >= number || !IsPicture(frame.View, got))) older++;
            else
            {
                seen++;
                if (got >= number || !IsPicture(frame.View, got)) wrong++;
                else if (got < last) backwards++;
                else last = got;
            }

            capture.Release(frame);
        }

        OutputStatistics statistics = output.Statistics;
        json.WriteNumber("written", statistics.Frames);
        json.WriteNumber("zeroCopy", statistics.ZeroCopyFrames);
        json.WriteNumber("copiedBytes", statistics.CopiedBytes);
        json.WriteNumber("skipped", statistics.Skipped);
        json.WriteNumber("faults", statistics.Faults);
        json.WriteString("lastFault", output.LastFault);
        json.WriteNumber("seen", seen);
        json.WriteNumber("seenBefore", older);
        json.WriteNumber("wrong", wrong);
        json.WriteNumber("backwards", backwards);
        return seen == arguments.Frames && wrong == 0 && backwards == 0 && statistics.Faults == 0 && output.Memory == memory
            && (memory is not (MemoryType.Dmabuf or MemoryType.Userptr) || statistics.ZeroCopyFrames == statistics.Frames);
    }

    // The number in the first row's first bytes, each in a byte of its own range, then a pattern that depends on place and number.
    private static void Draw(in FrameView view, uint number)
    {
        var layout = new FrameLayout(view.Format, view.Width, view.Height, 0, 0);
        for (int plane = 0; plane < layout.PlaneCount; plane++)
        {
            for (int y = 0; y < layout.Rows(plane); y++)
            {
                var row = new Span<byte>(view.Row(plane, y), layout.RowBytes(plane));
                for (int x = 0; x < row.Length; x++) row[x] = Value(plane, x, y, number);
            }
        }

        for (int i = 0; i < HeaderBytes; i++) *(view.Row(0, 0) + i) = (byte)(number >> 8 * i);
    }

    private static byte Value(int plane, int x, int y, uint number) => (byte)(16 + (x * 7 + y * 13 + plane * 5 + (int)number * 3) % 219);

    private static uint Number(in FrameView view) => *(uint*)view.Row(0, 0);

    private static bool IsPicture(in FrameView view, uint number)
    {
        var layout = new FrameLayout(view.Format, view.Width, view.Height, 0, 0);
        for (int plane = 0; plane < layout.PlaneCount; plane++)
        {
            for (int y = 0; y < layout.Rows(plane); y++)
            {
                var row = new ReadOnlySpan<byte>(view.Row(plane, y), layout.RowBytes(plane));
                for (int x = plane == 0 && y == 0 ? HeaderBytes : 0; x < row.Length; x++)
                    if (row[x] != Value(plane, x, y, number)) return false;
            }
        }

        return true;
    }

    /// <summary>Draws into whatever memory the output reads from.</summary>
    private sealed class Writer : IDisposable
    {
        private readonly VideoOutput _output;
        private readonly SlotMemory? _slots;
        private readonly Queue<int> _free = new();

        internal Writer(VideoOutput output, MemoryType memory)
        {
            _output = output;
            if (memory is not (MemoryType.Dmabuf or MemoryType.Userptr)) return;
            _slots = new SlotMemory(5, output.Layout.Size, memory == MemoryType.Dmabuf);
            for (int slot = 0; slot < _slots.Count; slot++) _free.Enqueue(slot);
            if (!output.UseSlots(_slots.ForOutput(), output.Layout)) throw new ArgumentException($"No {memory}: {output.WhyNotBetter}.");
        }

        internal bool Show(uint number)
        {
            if (_slots is null)
            {
                if (!_output.TryBegin(out OutputBuffer buffer)) return false;
                Draw(buffer.View, number);
                return _output.Submit(buffer, MonotonicClock.Now);
            }

            while (_output.TryDequeue(out int done)) _free.Enqueue(done);
            if (!_free.TryDequeue(out int slot)) return false;
            Draw(new FrameView(_slots.Address(slot), _output.Layout, ColorMatrix.Bt601, ColorRange.Limited), number);
            if (_output.Queue(slot, MonotonicClock.Now)) return true;
            _free.Enqueue(slot);
            return false;
        }

        public void Dispose() => _slots?.Dispose();
    }
}
