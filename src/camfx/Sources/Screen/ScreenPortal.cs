using Camfx.DBus;
using Camfx.Posix;

namespace Camfx.Sources.Screen;

/// <summary>The portal's screen casts (org.freedesktop.portal.ScreenCast): asks the user for a screen. The share lasts as long as the connection.</summary>
/// <param name="bus">The session's bus.</param>
/// <param name="end">Readable when nobody wants it any more.</param>
internal sealed class ScreenPortal(Bus bus, EventFd end)
{
    private const uint Monitor = 1;
    private const uint CursorHidden = 1, CursorEmbedded = 2;
    private const uint PersistUntilRevoked = 2;

    /// <summary>The version that can share again without asking.</summary>
    private const uint VersionWithTokens = 4;

    private static readonly BusType<(uint Node, IReadOnlyDictionary<string, Variant>)[]> s_streams = BusType.Array(BusType.Struct(BusType.UInt32, BusType.Options));

    private readonly PortalRequest _request = new(bus, end);

    /// <summary>Whether there is a portal, running or to be started.</summary>
    public static bool IsThere(Bus bus) => bus.OwnerOf(PortalRequest.Portal) is not null || bus.IsActivatable(PortalRequest.Portal);

    /// <summary>Asks for a screen.</summary>
    /// <param name="token">From the last time; null to let the user choose.</param>
    /// <param name="cursor">Whether the pointer is to be seen.</param>
    /// <returns>Null: nobody wants it any more.</returns>
    /// <exception cref="CamfxException">NotPermitted: the user said no. Failed: the portal cannot.</exception>
    public ScreenShare? Ask(string? token, bool cursor)
    {
        try
        {
            uint version = Version();
            if (_request.Ask("CreateSession", static _ => { }, new() { ["session_handle_token"] = $"camfx_{Environment.ProcessId}" }) is not { } created) return null;
            Variant handle = Demand(created, "session_handle");
            ObjectPath session = handle.Value is ObjectPath path ? path : (string)handle.Value;
            Dictionary<string, Variant> options = new() { ["types"] = Monitor, ["multiple"] = false, ["cursor_mode"] = cursor ? CursorEmbedded : CursorHidden };
            if (version >= VersionWithTokens) options["persist_mode"] = PersistUntilRevoked;
            if (version >= VersionWithTokens && token is not null) options["restore_token"] = token;
            if (_request.Ask("SelectSources", writer => writer.Write(session), options) is not { } selected) return null;
            Check(selected);
            if (_request.Ask("Start", writer => Begin(writer, session), []) is not { } started) return null;
            (uint Node, IReadOnlyDictionary<string, Variant>)[] streams = Demand(started, "streams").Get(s_streams);
            if (streams.Length == 0) throw new CamfxException(ExitCode.Failed, "The portal shared no screen.");
            string? next = started.Results.GetValueOrDefault("restore_token")?.Value as string;
            return new ScreenShare(OpenRemote(session), streams[0].Node, next);
        }
        catch (BusException failure)
        {
            throw new CamfxException(ExitCode.Failed, $"The screen cannot be shared: {failure.Message}", failure);
        }
    }

    private static void Begin(MessageWriter writer, ObjectPath session)
    {
        writer.Write(session);
        writer.Write(""); // There is no window of ours.
    }

    private static void Check(PortalRequest.Answer answer)
    {
        if (answer.Code == 0) return;
        throw answer.Code == 1
            ? new CamfxException(ExitCode.NotPermitted, "The screen was not shared: the dialog was answered with no. Set the source again to be asked again.")
            : new CamfxException(ExitCode.Failed, "The portal could not share the screen; see 'journalctl --user -u xdg-desktop-portal'.");
    }

    private static Variant Demand(PortalRequest.Answer answer, string name)
    {
        Check(answer);
        return answer.Results.GetValueOrDefault(name) ?? throw new CamfxException(ExitCode.Failed, $"The portal answered without '{name}'.");
    }

    private uint Version()
    {
        BusMessage call = bus.NewCall(PortalRequest.Portal, PortalRequest.PortalPath, "org.freedesktop.DBus.Properties", "Get");
        call.Writer.Write(PortalRequest.ScreenCast);
        call.Writer.Write("version");
        using BusMessage reply = bus.Call(call);
        return reply.Read().ReadVariant().Get(BusType.UInt32);
    }

    private FileDescriptor OpenRemote(ObjectPath session)
    {
        BusMessage call = bus.NewCall(PortalRequest.Portal, PortalRequest.PortalPath, PortalRequest.ScreenCast, "OpenPipeWireRemote");
        call.Writer.Write(session);
        BusType.Options.Write(call.Writer, new Dictionary<string, Variant>());
        using BusMessage reply = bus.Call(call);
        return reply.Read().ReadDescriptor();
    }
}
