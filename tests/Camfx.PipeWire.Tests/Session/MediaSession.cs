using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Camfx.PipeWire.Tests.Session;

/// <summary>A PipeWire of its own with WirePlumber and a session bus, in a folder of its own; gone with <see cref="Dispose"/>.</summary>
public sealed class MediaSession : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly string _folder;
    private readonly Process _bus;
    private Process? _pipewire;
    private Process? _wireplumber;

    private MediaSession()
    {
        _folder = Directory.CreateTempSubdirectory("camfx-pw-").FullName;
        CopyConfiguration();
        _bus = Spawn("dbus-daemon", "--nofork", "--nopidfile", "--session", "--address=unix:path=" + Path.Combine(_folder, "bus"));
        Until(() => File.Exists(Path.Combine(_folder, "bus")), "the session bus");
    }

    /// <summary>The daemon's socket.</summary>
    public string Socket => Path.Combine(_folder, "pipewire-0");

    /// <summary>A session without PipeWire; skips the test where the programs are missing.</summary>
    public static MediaSession CreateWithoutPipeWire()
    {
        foreach (string program in new[] { "dbus-daemon", "pipewire", "wireplumber", "pw-cli", "gst-launch-1.0", "gst-inspect-1.0" })
            Skip.IfNot(IsInstalled(program), $"{program} is not installed");
        Skip.IfNot(HasPipeWireSource(), "gstreamer1.0-pipewire is not installed");
        return new MediaSession();
    }

    /// <summary>A running session; skips the test where the programs are missing.</summary>
    public static MediaSession Create()
    {
        MediaSession session = CreateWithoutPipeWire();
        session.StartPipeWire();
        return session;
    }

    /// <summary>Starts the daemon and its session manager.</summary>
    public void StartPipeWire()
    {
        _pipewire = Spawn("pipewire");
        Until(() => File.Exists(Socket), "PipeWire");
        _wireplumber = Spawn("wireplumber");
        Until(() => Run("pw-cli", "ls", "Client").Contains("\"WirePlumber\"", StringComparison.Ordinal), "WirePlumber");
    }

    /// <summary>Kills the daemon (SIGKILL: its socket stays behind) and its session manager.</summary>
    public void KillPipeWire()
    {
        End(ref _pipewire);
        End(ref _wireplumber);
    }

    /// <summary>Starts a program of the session.</summary>
    public Process Spawn(string program, params string[] arguments)
    {
        ProcessStartInfo info = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.Latin1,
        };
        foreach (string variable in new[] { "DISPLAY", "WAYLAND_DISPLAY", "PIPEWIRE_REMOTE", "PIPEWIRE_RUNTIME_DIR" }) info.Environment.Remove(variable);
        info.Environment["XDG_RUNTIME_DIR"] = _folder;
        info.Environment["HOME"] = _folder;
        info.Environment["XDG_CONFIG_HOME"] = Path.Combine(_folder, "config");
        info.Environment["XDG_STATE_HOME"] = Path.Combine(_folder, "state");
        info.Environment["XDG_DATA_HOME"] = Path.Combine(_folder, "data");
        info.Environment["XDG_CACHE_HOME"] = Path.Combine(_folder, "cache");
        info.Environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=" + Path.Combine(_folder, "bus");
        Process process = Process.Start(info)!;

        // What nobody reads must not fill a pipe.
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Runs a program of the session to its end and returns what it wrote.</summary>
    public string Run(string program, params string[] arguments)
    {
        using Process process = Spawn(program, arguments);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    /// <summary>Waits until something is so; fails the test after a long time.</summary>
    public static void Until(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > s_patience)
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"{what} did not come within {s_patience.TotalSeconds} s."));
            Thread.Sleep(10);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        KillPipeWire();
        Process? bus = _bus;
        End(ref bus);
        Directory.Delete(_folder, recursive: true);
    }

    private static void End(ref Process? process)
    {
        if (process is null) return;
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        process = null;
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static bool HasPipeWireSource()
    {
        using Process process = Process.Start(new ProcessStartInfo("gst-inspect-1.0", "pipewiresrc") { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private void CopyConfiguration()
    {
        string source = Path.Combine(AppContext.BaseDirectory, "session");
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(_folder, "config", Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
