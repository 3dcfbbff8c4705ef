using System.Diagnostics;

namespace Camfx.DBus.Tests;

/// <summary>A message bus of our own, in a folder of its own; it ends with the test.</summary>
internal sealed class PrivateBus : IDisposable
{
    private const string Configuration =
        """
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig>
          <type>session</type>
          <listen>unix:path=FOLDER/bus</listen>
          <auth>EXTERNAL</auth>
          <servicedir>FOLDER/services</servicedir>
          <policy context="default">
            <allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/>
            <allow own="*"/>
          </policy>
        </busconfig>
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("camfx-bus-").FullName;
    private Process _daemon;

    public PrivateBus()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "services"));
        File.WriteAllText(Path.Combine(_folder, "bus.conf"), Configuration.Replace("FOLDER", _folder, StringComparison.Ordinal));
        (_daemon, Address) = Start();
    }

    public string Address { get; private set; }

    public Bus Connect() => Bus.Open(Address);

    /// <summary>After <see cref="Kill"/>: another daemon in the place of the first.</summary>
    public void Restart()
    {
        _daemon.Dispose();
        File.Delete(Path.Combine(_folder, "bus"));
        (_daemon, Address) = Start();
    }

    private (Process Daemon, string Address) Start()
    {
        string configuration = Path.Combine(_folder, "bus.conf");
        Process daemon = Process.Start(new ProcessStartInfo("dbus-daemon", ["--nofork", "--nopidfile", "--nosyslog", "--print-address", $"--config-file={configuration}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        // Its remarks are nobody's; left alone they would fill the pipe, and a daemon that a failed test forgot would hold the test's own output open.
        daemon.ErrorDataReceived += static (_, _) => { };
        daemon.BeginErrorReadLine();

        // It listens before it prints.
        return (daemon, daemon.StandardOutput.ReadLine() ?? throw new InvalidOperationException("dbus-daemon did not start."));
    }

    /// <summary>Names a service that the bus can start.</summary>
    public void AddService(string name, string command)
    {
        File.WriteAllText(Path.Combine(_folder, "services", name + ".service"), $"[D-BUS Service]\nName={name}\nExec={command}\n");
        Reload();
    }

    /// <summary>The bus cannot start it any more.</summary>
    public void RemoveService(string name)
    {
        File.Delete(Path.Combine(_folder, "services", name + ".service"));
        Reload();
    }

    private void Reload()
    {
        // The daemon also watches the folder, but nobody knows when it has looked.
        using Bus bus = Connect();
        bus.Call(bus.NewCall(Bus.DriverName, "/org/freedesktop/DBus", Bus.DriverName, "ReloadConfig")).Dispose();
    }

    /// <summary>Ends the daemon at once.</summary>
    public void Kill()
    {
        _daemon.Kill();
        _daemon.WaitForExit();
    }

    public void Dispose()
    {
        if (!_daemon.HasExited) Kill();
        _daemon.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
