using Camfx.Configuration;
using Camfx.DBus;
using Camfx.Sources.PipeWire;

namespace Camfx.Sources.Screen;

/// <summary>The source <c>screen:</c>: a screen of this session, which the user chooses in the portal's dialog.</summary>
internal static class ScreenSource
{
    /// <exception cref="CamfxException">A path, or a key or value that cannot be.</exception>
    public static NodeSource Create(SourceUri uri, CameraMode mode)
    {
        uri.AllowKeys("cursor", "choose");
        if (uri.Path.Length > 0) throw CamfxException.Usage($"The source '{uri.Text}' names a screen; write screen: and choose it in the dialog.");
        ScreenToken token = new(static () => StateFolder.Path);
        return new NodeSource(new ScreenLink(mode.Width, mode.Height, Switch(uri, "cursor", true), Switch(uri, "choose", false), token, Bus.OpenUser), mode, Probe);
    }

    private static bool Switch(SourceUri uri, string key, bool otherwise) => uri.Value(key) switch
    {
        null => otherwise,
        "1" => true,
        "0" => false,
        string text => throw CamfxException.Usage($"The source '{uri.Text}' has {key}={text}; it is 1 or 0."),
    };

    /// <summary>Whether there is somebody to ask; the user is not.</summary>
    private static void Probe()
    {
        try
        {
            using Bus bus = Bus.OpenUser();
            if (ScreenPortal.IsThere(bus)) return;
        }
        catch (BusException failure)
        {
            throw new CamfxException(ExitCode.Failed, $"The source 'screen:' needs the session's bus: {failure.Message}", failure);
        }

        throw new CamfxException(ExitCode.Failed, "The source 'screen:' needs xdg-desktop-portal with a back end for this desktop; install xdg-desktop-portal.");
    }
}
