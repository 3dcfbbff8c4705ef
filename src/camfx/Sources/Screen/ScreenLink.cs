using Camfx.DBus;
using Camfx.PipeWire;
using Camfx.Posix;
using Camfx.Sources.PipeWire;

namespace Camfx.Sources.Screen;

/// <summary>
/// The way to a screen: asks the portal, which asks the user, and shows what they chose. Whoever says no, or ends the sharing, is not asked again until
/// the source is opened anew.
/// </summary>
/// <param name="width">Width in pixels that suits best.</param>
/// <param name="height">Height in pixels, likewise.</param>
/// <param name="cursor">Whether the pointer is to be seen.</param>
/// <param name="choose">Whether the user is to choose, whatever they chose last time.</param>
/// <param name="token">What was given last time.</param>
/// <param name="open">Opens the session's bus.</param>
internal sealed class ScreenLink(int width, int height, bool cursor, bool choose, ScreenToken token, Func<Bus> open) : NodeLink("camfx screen")
{
    protected override string Noun => "the screen";

    protected override void Follow()
    {
        // The share lives as long as this connection.
        using Bus bus = open();
        using ScreenShare? share = Ask(bus);
        if (share is null || HasEnded) return;
        _ = Stay(new NodeCaptureOptions("camfx screen", "", width, height) { Remote = share.Remote, NodeId = share.Node });
        if (!HasEnded) Rest("The screen is no longer shared. Set the source again to share it.");
    }

    private ScreenShare? Ask(Bus bus)
    {
        string? last = choose ? null : token.Load();
        if (last is null) Say("Choose in the dialog which screen the camera is to show.");
        try
        {
            ScreenShare? share = new ScreenPortal(bus, End).Ask(last, cursor);
            if (share is not null) token.Save(share.Token);
            return share;
        }
        catch (CamfxException refusal) when (refusal.ExitCode == ExitCode.NotPermitted)
        {
            token.Save(null);
            Rest(refusal.Message);
            return null;
        }
    }

    /// <summary>Says something and leaves it at that.</summary>
    private void Rest(string trouble)
    {
        Say(trouble);
        PollDescriptor ended = new(End.Descriptor, PollEvents.Readable);
        _ = Poll.Wait(new Span<PollDescriptor>(ref ended), Poll.NoTimeout);
    }
}
