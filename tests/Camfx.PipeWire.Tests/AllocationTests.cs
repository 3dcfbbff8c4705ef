using System.Diagnostics;
using System.Globalization;
using Camfx.Frames;
using Camfx.PipeWire.Tests.Session;

namespace Camfx.PipeWire.Tests;

/// <summary>All threads of a process are counted, the control loop's too: so the camera is a process of its own, without a test host beside it.</summary>
public class AllocationTests
{
    private const int Windows = 6;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public void A_frame_allocates_nothing()
    {
        using MediaSession session = MediaSession.Create();
        using Process camera = session.Spawn(
            "dotnet", "exec", "--runtimeconfig", Beside("Camfx.PipeWire.Tests.runtimeconfig.json"), Beside("pipewire-producer.dll"), "allocations", "320x240", "240");
        using Timer watchdog = new(_ => camera.Kill(), null, s_patience, Timeout.InfiniteTimeSpan);
        try
        {
            _ = NextLine(camera, "State = Paused");
            using GstConsumer consumer = new(session, "camfx-test", PixelFormat.I420, 320, 240, readable: false);
            long least = long.MaxValue;
            for (int window = 0; window < Windows; window++) least = Math.Min(least, Number(NextLine(camera, "allocated ")));

            // What PipeWire tells of other programs allocates in some windows; what each frame did would be in all of them.
            Assert.Equal(0, least);
        }
        finally
        {
            camera.Kill();
        }
    }

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private static long Number(string line) => long.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture);

    private static string NextLine(Process camera, string text)
    {
        while (true)
        {
            string line = camera.StandardOutput.ReadLine() ?? throw new EndOfStreamException(camera.StandardError.ReadToEnd());
            if (line.Contains(text, StringComparison.Ordinal)) return line;
        }
    }
}
