using System.Globalization;
using System.Text;
using Camfx.Posix;

namespace Camfx.Service.Host;

/// <summary>The way to the service manager that started this process (sd_notify(3)). Without one every call does nothing.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SystemdLink : IDisposable
{
    private readonly FileDescriptor? _socket;
    private string _told = "";

    private SystemdLink(FileDescriptor? socket, TimeSpan? watchdog)
    {
        _socket = socket;
        Watchdog = watchdog;
    }

    /// <summary>How often it wants to hear that this process is alive; null: it does not.</summary>
    public TimeSpan? Watchdog { get; }

    /// <summary>Connects to the manager that the environment names.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    public static SystemdLink Connect(Func<string, string?> environment)
    {
        if (environment("NOTIFY_SOCKET") is not { Length: > 0 } path) return new SystemdLink(null, null);
        bool ours = environment("WATCHDOG_PID") is not { Length: > 0 } process || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        TimeSpan? watchdog = ours && long.TryParse(environment("WATCHDOG_USEC"), CultureInfo.InvariantCulture, out long time) && time > 0
            ? TimeSpan.FromMicroseconds(time)
            : null;
        try
        {
            return new SystemdLink(UnixSocket.Connect(path, UnixSocketType.Datagram), watchdog);
        }
        catch (PosixException)
        {
            return new SystemdLink(null, null);
        }
    }

    /// <summary>The service answers.</summary>
    public void Ready() => Send("READY=1");

    /// <summary>The service ends.</summary>
    public void Stopping() => Send("STOPPING=1");

    /// <summary>The process is alive.</summary>
    public void Alive() => Send("WATCHDOG=1");

    /// <summary>What it is at, for <c>systemctl status</c>.</summary>
    public void Status(string text)
    {
        if (Interlocked.Exchange(ref _told, text) != text) Send($"STATUS={text.ReplaceLineEndings(" ")}");
    }

    public void Dispose() => _socket?.Dispose();

    private void Send(string text)
    {
        if (_socket is null) return;
        try
        {
            UnixSocket.Send(_socket, Encoding.UTF8.GetBytes(text), wait: false);
        }
        catch (PosixException)
        {
            // ignoring: a manager that is being replaced hears nothing for a moment.
        }
    }
}
