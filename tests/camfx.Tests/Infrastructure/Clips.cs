using System.Diagnostics;

namespace Camfx.Tests.Infrastructure;

/// <summary>Films and pictures made at test time by the ffmpeg command: none is kept in the repository.</summary>
internal static class Clips
{
    /// <summary>Runs <c>ffmpeg</c> with these arguments; the last one is the file it makes.</summary>
    public static async Task MakeAsync(params string[] arguments)
    {
        Skip.IfNot(File.Exists("/usr/bin/ffmpeg"), "ffmpeg is not installed; run 'make test'");
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/ffmpeg", ["-nostdin", "-loglevel", "error", "-y", .. arguments]))!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Two seconds of moving H.264, 320x192, 30 fps.</summary>
    public static Task MakeFilmAsync(string path) => MakeAsync(
        "-f", "lavfi", "-i", "testsrc2=size=320x192:rate=30:duration=2", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", path);
}
