using System.Diagnostics;
using System.Globalization;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Posix;

namespace Camfx.Bench.Queue;

/// <summary>Publishes at a steady pace to readers in processes of their own, which report how late they woke.</summary>
internal static unsafe class WakeRun
{
    public const long IntervalNs = 2_000_000;
    private const int WarmUp = 100;

    public static FrameQueueWriter CreateQueue(FrameLayout layout) => FrameQueueWriter.Create(
        new FrameQueueOptions("bench", layout, ColorMatrix.Bt709, ColorRange.Limited, 30, 1, LeaseLimit: 8, Generation: 1));

    /// <summary>Runs <paramref name="readers"/> readers; latencies in ns.</summary>
    public static long[] Measure(int readers, int wakes)
    {
        string folder = Directory.CreateTempSubdirectory("camfx-bench-").FullName;
        try
        {
            using FrameQueueWriter writer = CreateQueue(FrameLayout.Packed(PixelFormat.I420, 64, 64));
            string path = FrameQueueAddress.PathOf(folder, "bench");
            using var server = new FrameQueueServer(path, new BenchHost(writer));
            Process[] children = [.. Enumerable.Range(0, readers).Select(_ => Start(path))];
            foreach (Process child in children)
                if (child.StandardOutput.ReadLine() != "ready") throw new InvalidOperationException("A reader did not start.");
            PublishPaced(writer, wakes + WarmUp);
            return [.. children.SelectMany(Latencies)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The reader's process: prints each latency.</summary>
    public static int Read(string path)
    {
        var latencies = new List<long>(10_000);
        using FrameQueueConnection connection = FrameQueueConnection.Connect(path);
        FrameQueueReader reader = connection.Reader;
        Console.WriteLine("ready");
        bool last = false;
        while (!last && connection.Wait(reader.LastSequence, MonotonicClock.Now + 10_000_000_000) == QueueEvent.Frame)
        {
            long awake = MonotonicClock.Now;
            if (!reader.TryAcquire(out FrameLease lease)) continue;
            last = lease.Flags.HasFlag(FrameFlags.Discontinuity);
            if (lease.Sequence > WarmUp) latencies.Add(awake - lease.Timing.CaptureTime);
            reader.Release(lease);
        }

        foreach (long latency in latencies) Console.WriteLine(latency.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static void PublishPaced(FrameQueueWriter writer, int frames)
    {
        // A word nobody wakes: its wait is a sleep until a moment, not for a time.
        uint never = 0;
        long next = MonotonicClock.Now + IntervalNs;
        for (int i = 0; i < frames; i++, next += IntervalNs)
        {
            _ = Futex.WaitPrivate(&never, 0, next);
            if (!writer.TryBegin(out FrameSlot slot)) throw new InvalidOperationException("No slot was found.");
            FrameFlags flags = i == frames - 1 ? FrameFlags.Discontinuity : FrameFlags.None;
            writer.Publish(slot, new FrameTiming(MonotonicClock.Now, 0), flags);
        }
    }

    private static Process Start(string path)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["queue-reader", path]) { RedirectStandardOutput = true };

        // camfx is compiled before it runs; a reader that is compiled while it is measured measures the compiler.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        return Process.Start(start)!;
    }

    private static List<long> Latencies(Process child)
    {
        var latencies = new List<long>();
        while (child.StandardOutput.ReadLine() is string line) latencies.Add(long.Parse(line, CultureInfo.InvariantCulture));
        child.WaitForExit();
        child.Dispose();
        return latencies;
    }
}
