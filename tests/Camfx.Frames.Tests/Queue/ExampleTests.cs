using System.Diagnostics;
using Camfx.Frames.Queue;
using Camfx.Posix;

namespace Camfx.Frames.Tests.Queue;

/// <summary>The examples that are shipped for C and Python do what they say.</summary>
public sealed unsafe class ExampleTests : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("camfx-").FullName;
    private Process? _program;

    public void Dispose()
    {
        // A program that outlived its test would keep the test run's output open.
        if (_program is { HasExited: false }) _program.Kill();
        _program?.WaitForExit();
        _program?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [SkippableTheory]
    [InlineData("gcc", "source.c")]
    [InlineData("gcc", "layer.c")]
    [InlineData("gcc", "watch.c")]
    [InlineData("clang", "source.c")]
    [InlineData("clang", "layer.c")]
    public void TheExamplesInCCompileWithoutAWarning(string compiler, string name)
    {
        string? complaints = ForeignReader.Compile(compiler, Example("c", name), "-fsyntax-only");
        Skip.If(complaints == null, $"{compiler} is not installed");
        Assert.Equal("", complaints);
    }

    [SkippableTheory]
    [InlineData("c/examples/source.c")]
    [InlineData("c/examples/layer.c")]
    [InlineData("python/examples/source.py")]
    [InlineData("python/examples/layer.py")]
    public void TheExamplesAreShort(string path) => Assert.InRange(File.ReadAllLines(Path.Combine(ForeignReader.Root, "sdk", path)).Length, 1, 59);

    [SkippableFact]
    public void TheShortestSourceHasTwentyLines() => Assert.InRange(File.ReadAllLines(Example("python", "hello.py")).Length, 1, 20);

    [SkippableTheory]
    [InlineData("source.c", 1280)]
    [InlineData("source.py", 1280)]
    [InlineData("hello.py", 640)]
    public void ASourceMoves(string name, int width)
    {
        Start(name, ["hello"], ("XDG_RUNTIME_DIR", _folder));
        using FrameQueueConnection connection = Connect(FrameQueueAddress.PathOf(_folder, "hello"));
        Assert.Equal(width, connection.Reader.Layout.Width);
        var sums = new HashSet<long>();
        for (int i = 0; i < 10; i++)
        {
            FrameLease lease = Next(connection);
            long sum = 0;
            for (int y = 0; y < lease.View.Height; y += 8)
                for (int x = 0; x < width; x += 8) sum += lease.View.Row(0, y)[x] * (y * width + x);
            Assert.True(connection.Reader.Release(lease));
            sums.Add(sum);
        }

        Assert.Equal(10, sums.Count);
    }

    [SkippableTheory]
    [InlineData("layer.c")]
    [InlineData("layer.py")]
    public void ALayerTurnsBrightnessRoundAndKeepsTheTimes(string name)
    {
        using var camera = new TestCamera(FrameLayout.Packed(PixelFormat.I420, 66, 50));
        string output = Path.Combine(_folder, "out");
        Start(name, [], ("CAMFX_IN", camera.Path), ("CAMFX_OUT", output));
        using FrameQueueConnection connection = Connect(output);
        Assert.Equal(camera.Writer.Layout, connection.Reader.Layout);
        for (byte luma = 20; luma < 40; luma++)
        {
            Assert.True(camera.Writer.TryBegin(out FrameSlot slot));
            new Span<byte>(slot.View.Plane(0), 66 * 50).Fill(luma);
            new Span<byte>(slot.View.Plane(1), 33 * 25).Fill(90);
            new Span<byte>(slot.View.Plane(2), 33 * 25).Fill(160);
            camera.Writer.Publish(slot, new FrameTiming(luma, 1000 + luma), FrameFlags.Corrupted);
            FrameLease lease = Next(connection);
            Assert.Equal((251 - luma, 251 - luma, 90, 160), (lease.View.Row(0, 0)[0], lease.View.Row(0, 49)[65], lease.View.Row(1, 24)[32], lease.View.Row(2, 24)[32]));
            Assert.Equal((luma, 1000 + luma, FrameFlags.Corrupted), (lease.Timing.CaptureTime, lease.Timing.PresentationTime, lease.Flags));
            Assert.Equal(camera.Writer.Options.Matrix, lease.View.Matrix);
            Assert.True(connection.Reader.Release(lease));
        }

        camera.Server.Dispose();
        Assert.True(_program!.WaitForExit(20_000), "the layer goes on although its frames have ended");
    }

    private static string Example(string language, string name) => Path.Combine(ForeignReader.Root, "sdk", language, "examples", name);

    private static FrameQueueConnection Connect(string path)
    {
        long begin = MonotonicClock.Now;
        while (true)
        {
            try
            {
                return FrameQueueConnection.Connect(path);
            }
            catch (QueueException failure) when (failure.Error == QueueError.NoSuchQueue && MonotonicClock.Now - begin < 20 * Second)
            {
                // It is starting.
                Thread.Yield();
            }
        }
    }

    private static FrameLease Next(FrameQueueConnection connection)
    {
        while (true)
        {
            Assert.Equal(QueueEvent.Frame, connection.Wait(connection.Reader.LastSequence, MonotonicClock.Now + 20 * Second));
            if (connection.Reader.TryAcquire(out FrameLease lease)) return lease;
        }
    }

    private void Start(string name, string[] arguments, params (string Name, string Value)[] environment)
    {
        string command = "python3";
        if (name.EndsWith(".c", StringComparison.Ordinal))
        {
            command = Path.Combine(_folder, "example");
            string? complaints = ForeignReader.Gcc(Example("c", name), "-g", "-fsanitize=address,undefined", "-o", command);
            Skip.If(complaints == null, "gcc is not installed");
            Assert.Equal("", complaints);
        }
        else
        {
            Skip.IfNot(ForeignReader.HasPython, "python3 (3.9 or later) is not installed");
            arguments = ["-B", Example("python", name), .. arguments];
        }

        var start = new ProcessStartInfo(command, arguments);
        foreach ((string key, string value) in environment) start.Environment[key] = value;
        _program = Process.Start(start);
    }
}
