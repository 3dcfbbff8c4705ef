using Camfx.Frames.Queue;
using Camfx.Posix;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Effects.Plugin;

/// <summary>The example layers of the SDK, as plug-ins of the built camera: white becomes black.</summary>
public sealed class ExampleLayerTests : IDisposable
{
    private const long Patience = 20_000_000_000;
    private const byte White = 235, Black = 16;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task PythonsWorks()
    {
        Skip.IfNot(File.Exists("/usr/bin/python3"), "python3 is not installed; run 'make test'");
        await InvertsAsync($"plugin:path=/usr/bin/python3,args={Sdk("python", "examples", "layer.py")}");
    }

    [SkippableFact]
    public async Task CsWorks()
    {
        Skip.IfNot(File.Exists("/usr/bin/gcc"), "gcc is not installed; run 'make test'");
        string program = _folder.File("layer");
        BuiltCamfx.Result built = await BuiltCamfx.RunProgramAsync(
            "/usr/bin/gcc", "-std=c11", "-O2", "-I", Sdk("c"), Sdk("c", "examples", "layer.c"), "-o", program);
        Assert.Equal((0, ""), (built.ExitCode, built.Errors));
        await InvertsAsync($"plugin:path={program}");
    }

    [SkippableFact]
    public async Task ASnapshotShowsThePluginsPicture()
    {
        Skip.IfNot(File.Exists(BuiltCamfx.Executable), "out/bin/camfx is not built; run 'make build'");
        Skip.IfNot(File.Exists("/usr/bin/python3"), "python3 is not installed; run 'make test'");
        await SnapshotAsync("inverted.png", "#ffffff", "--effect", $"plugin:path=/usr/bin/python3,args={Sdk("python", "examples", "layer.py")}");
        await SnapshotAsync("black.png", "#000000");
        Assert.Equal(await File.ReadAllBytesAsync(_folder.File("black.png")), await File.ReadAllBytesAsync(_folder.File("inverted.png")));
    }

    private async Task SnapshotAsync(string file, string color, params string[] more)
    {
        BuiltCamfx.Result result = await BuiltCamfx.RunProgramAsync(
            "/usr/bin/env",
            [
                $"XDG_RUNTIME_DIR={_folder.Path}", BuiltCamfx.Executable, "snapshot", _folder.File(file), "--source", $"test:solid?color={color}",
                "--size", "320x240", .. more,
            ]);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
    }

    private static string Sdk(params string[] path) => Path.Combine([BuiltCamfx.Repository, "sdk", .. path]);

    private static async Task InvertsAsync(string effect)
    {
        using var camera = new RunningCamera(
            "--source", "test:solid?color=#ffffff", "--size", "320x240", "--output", "queue", "--effect", effect, "--effect", "mirror");
        await camera.WaitForStateAsync("idle");
        using FrameQueueConnection connection = FrameQueueConnection.Connect(camera.QueuePath);
        long deadline = MonotonicClock.Now + Patience;
        byte luma = White;
        for (ulong last = 0; luma == White;)
        {
            Assert.True(connection.Reader.Wait(last, deadline), $"the picture stays white: {camera.Last}; {camera.Errors}");
            if (!connection.Reader.TryAcquire(out FrameLease lease)) continue;
            luma = CounterPicture.Luma(lease.View, 100);
            last = lease.Sequence;
            connection.Reader.Release(lease);
        }

        Assert.Equal(Black, luma);
    }
}
