using Camfx.DBus;
using Camfx.Posix;

namespace Camfx.Sources.Screen;

/// <summary>
/// Requests to the desktop portal (org.freedesktop.portal.Request): a call is answered at once with nothing, and some time later, when the user has
/// answered, with a signal.
/// </summary>
/// <param name="bus">The session's bus.</param>
/// <param name="end">Readable when nobody wants the answer any more.</param>
/// <remarks>Thread-bound to the connection.</remarks>
internal sealed class PortalRequest(Bus bus, EventFd end)
{
    public const string Portal = "org.freedesktop.portal.Desktop";
    public const string PortalPath = "/org/freedesktop/portal/desktop";
    public const string ScreenCast = "org.freedesktop.portal.ScreenCast";

    private const string Interface = "org.freedesktop.portal.Request";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(25);

    private int _last;

    /// <summary>What a request may be answered with: 0 as wished, 1 the user said no, 2 something else.</summary>
    /// <param name="Code">The answer.</param>
    /// <param name="Results">What belongs to it.</param>
    internal readonly record struct Answer(uint Code, IReadOnlyDictionary<string, Variant> Results);

    /// <summary>Asks, and waits for the answer, however long the user takes.</summary>
    /// <param name="member">The method.</param>
    /// <param name="arguments">Writes what stands before the options.</param>
    /// <param name="options">The options; the handle's name is added.</param>
    /// <returns>Null: nobody wants it any more, or the portal has ended.</returns>
    /// <exception cref="BusException">The portal refused.</exception>
    public Answer? Ask(string member, Action<MessageWriter> arguments, Dictionary<string, Variant> options)
    {
        string token = $"camfx_{Environment.ProcessId}_{++_last}";
        options["handle_token"] = token;
        string path = $"{PortalPath}/request/{bus.UniqueName[1..].Replace('.', '_')}/{token}";
        Answer? answer = null;
        using BusLoop loop = new(bus);
        using IDisposable ended = loop.Watch(end.Descriptor, PollEvents.Readable, _ => loop.Stop());
        using IDisposable gone = bus.WatchName(Portal, owner =>
        {
            if (owner is null) loop.Stop();
        });
        using IDisposable heard = bus.Subscribe(new BusMatch(Portal, path, Interface, "Response"), signal =>
        {
            if (signal.Signature != "ua{sv}") return;
            MessageReader reader = signal.Read();
            answer = new Answer(reader.ReadUInt32(), BusType.Options.Read(reader));
            loop.Stop();
        });
        BusMessage call = bus.NewCall(Portal, PortalPath, ScreenCast, member);
        arguments(call.Writer);
        BusType.Options.Write(call.Writer, options);
        bus.Call(call, s_patience).Dispose();
        loop.Run();
        return answer;
    }
}
