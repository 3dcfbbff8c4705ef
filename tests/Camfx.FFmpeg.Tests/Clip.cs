using System.Diagnostics;

namespace Camfx.FFmpeg.Tests;

/// <summary>Makes clips with the ffmpeg program, once per arguments, in a folder that is removed at the end of the run.</summary>
public sealed class Clip : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _made = new(StringComparer.Ordinal);

    public Clip() => Folder = Directory.CreateTempSubdirectory("camfx-ffmpeg-").FullName;

    public string Folder { get; }

    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    /// <summary>320x240, 25 frames a second, 2 seconds of moving test picture, coded as asked.</summary>
    public string Make(string name, string coding, string source = "testsrc=size=320x240:rate=25:duration=2") =>
        Run(name, $"-f lavfi -i {source} {coding}");

    /// <summary>Runs <c>ffmpeg ARGUMENTS NAME</c>.</summary>
    public string Run(string name, string arguments)
    {
        lock (_gate)
        {
            if (_made.TryGetValue(name, out string? made)) return made;
            string path = Path(name);
            var start = new ProcessStartInfo("ffmpeg") { RedirectStandardError = true, UseShellExecute = false };
            foreach (string argument in $"-v error -nostdin -y {arguments}".Split(' ', StringSplitOptions.RemoveEmptyEntries))
                start.ArgumentList.Add(argument);
            start.ArgumentList.Add(path);
            string errors;
            try
            {
                using Process process = Process.Start(start)!;
                errors = process.StandardError.ReadToEnd();
                process.WaitForExit();
                Assert.True(process.ExitCode == 0, $"ffmpeg {arguments}: {errors}");
            }
            catch (System.ComponentModel.Win32Exception)
            {
                Skip.If(true, "the ffmpeg program is not installed (make test installs it)");
            }

            return _made[name] = path;
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
