using System.Text;
using Camfx.Posix;

namespace Camfx.Service;

/// <summary>
/// What the service has to say: to the journal with fields that can be asked for (<c>journalctl --user CAMFX_CAMERA=camfx</c>) where systemd started
/// it, else to stderr.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal static class ServiceLog
{
    private const string Journal = "/run/systemd/journal/socket";
    private const int WarningLevel = 4, NoticeLevel = 5;

    private static readonly FileDescriptor? s_journal = Connect();

    /// <summary>Something that people may want to know.</summary>
    public static void Notice(string message, string? camera = null, string? state = null) => Write(NoticeLevel, message, camera, state);

    /// <summary>Something is not as it should be.</summary>
    public static void Warning(string message, string? camera = null) => Write(WarningLevel, message, camera, state: null);

    /// <summary>An entry in the journal's native protocol (systemd.io/JOURNAL_NATIVE_PROTOCOL). No value has a line break.</summary>
    internal static string Entry(int level, string message, string? camera, string? state)
    {
        StringBuilder entry = new();
        Add("MESSAGE", message);
        Add("PRIORITY", $"{level}");
        Add("SYSLOG_IDENTIFIER", "camfx");
        Add("CAMFX_CAMERA", camera);
        Add("CAMFX_STATE", state);
        return entry.ToString();

        void Add(string field, string? value)
        {
            if (value is not null) entry.Append($"{field}={value.ReplaceLineEndings(" ")}\n");
        }
    }

    private static void Write(int level, string message, string? camera, string? state)
    {
        try
        {
            if (s_journal is not null && UnixSocket.Send(s_journal, Encoding.UTF8.GetBytes(Entry(level, message, camera, state)), wait: false)) return;
        }
        catch (PosixException)
        {
            // The journal is being restarted; stderr leads there, too.
        }

        Console.Error.WriteLine($"camfx: {message}");
    }

    private static FileDescriptor? Connect()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("JOURNAL_STREAM"))) return null;
        try
        {
            return UnixSocket.Connect(Journal, UnixSocketType.Datagram);
        }
        catch (PosixException)
        {
            return null;
        }
    }
}
