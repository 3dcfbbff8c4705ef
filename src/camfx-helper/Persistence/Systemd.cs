using System.Text;
using Camfx.Posix;

namespace Camfx.Helper.Persistence;

/// <summary>
/// The way to systemd: it is told what goes on (sd_notify(3)) and keeps descriptors for the next process of this service (its fd store). Without
/// systemd every call does nothing.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Systemd : IDisposable
{
    private const int FirstInherited = 3;

    private readonly FileDescriptor? _socket;

    private Systemd(FileDescriptor? socket) => _socket = socket;

    /// <summary>Whether somebody keeps descriptors for this service.</summary>
    public bool IsThere => _socket is not null;

    /// <summary>Connects to the manager that started this process.</summary>
    /// <param name="path">$NOTIFY_SOCKET; null or empty: there is none.</param>
    /// <exception cref="PosixException">Nobody is there.</exception>
    public static Systemd Connect(string? path) =>
        new(string.IsNullOrEmpty(path) ? null : UnixSocket.Connect(path, UnixSocketType.Datagram));

    /// <summary>Takes the descriptors that were kept for this process, by name. The caller owns them.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    public static Dictionary<string, FileDescriptor> TakeInherited(Func<string, string?> environment)
    {
        Dictionary<string, FileDescriptor> inherited = new(StringComparer.Ordinal);
        if (environment("LISTEN_PID") != $"{Environment.ProcessId}" || !int.TryParse(environment("LISTEN_FDS"), out int count)) return inherited;
        string[] names = environment("LISTEN_FDNAMES")?.Split(':') ?? [];
        for (int i = 0; i < count; i++)
        {
            FileDescriptor descriptor = new(FirstInherited + i, owned: true);

            // A process killed between two of its notes can have one thing kept twice: the first will do.
            if (i >= names.Length || !inherited.TryAdd(names[i], descriptor)) descriptor.Dispose();
        }

        return inherited;
    }

    /// <summary>Tells that the service answers.</summary>
    public void Ready() => Send("READY=1");

    /// <summary>Tells what it is at, for `systemctl status`.</summary>
    public void Status(string text) => Send($"STATUS={text.ReplaceLineEndings(" ")}");

    /// <summary>Tells that the service ends.</summary>
    public void Stopping() => Send("STOPPING=1");

    /// <summary>Has a descriptor kept. It is not watched for errors: an idle video node would be thrown out for one.</summary>
    /// <param name="name">Its name: letters, digits, '-'.</param>
    /// <param name="descriptor">The caller keeps its own.</param>
    public void Store(string name, FileDescriptor descriptor)
    {
        Send($"FDSTOREREMOVE=1\nFDNAME={name}");
        Send($"FDSTORE=1\nFDPOLL=0\nFDNAME={name}", [descriptor]);
    }

    /// <summary>Has a descriptor kept no longer.</summary>
    public void Remove(string name) => Send($"FDSTOREREMOVE=1\nFDNAME={name}");

    /// <summary>Waits until everything sent so far has been done.</summary>
    /// <param name="timeoutNs">Nanoseconds at most.</param>
    /// <returns>False: it was not, in this time.</returns>
    public bool Barrier(long timeoutNs)
    {
        if (_socket is null) return true;
        using Pipe pipe = Pipe.Create();
        Send("BARRIER=1", [pipe.Writing]);

        // The manager closes its copy when it comes to this message.
        pipe.Writing.Dispose();
        return Poll.Wait([new PollDescriptor(pipe.Reading, PollEvents.None)], timeoutNs) > 0;
    }

    public void Dispose() => _socket?.Dispose();

    private void Send(string text, ReadOnlySpan<FileDescriptor> descriptors = default)
    {
        if (_socket is null) return;
        try
        {
            UnixSocket.Send(_socket, Encoding.UTF8.GetBytes(text), descriptors);
        }
        catch (PosixException)
        {
            // ignoring: a manager that is being replaced hears nothing for a moment; what it keeps is then less, and the state file says so.
        }
    }
}
