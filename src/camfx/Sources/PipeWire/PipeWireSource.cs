using Camfx.Configuration;
using Camfx.PipeWire;
using Camfx.Sinks;

namespace Camfx.Sources.PipeWire;

/// <summary>The source <c>pipewire:NODE</c>: any other camera at PipeWire, those that only libcamera can read included.</summary>
internal static class PipeWireSource
{
    /// <summary>What the source is called in PipeWire's graph.</summary>
    private const string Name = "camfx source";

    /// <exception cref="CamfxException">No node is named, or there are keys.</exception>
    public static NodeSource Create(SourceUri uri, CameraMode mode)
    {
        uri.AllowKeys();
        if (uri.Path.Length == 0)
            throw CamfxException.Usage("The source 'pipewire:' names no node; 'pw-cli ls Node' lists them, write for example "
                + "pipewire:v4l2_input.pci-0000_00_14.0-usb-0_8_1.0.");

        // A node that is not there yet is no fault: it is waited for.
        return new NodeSource(new NamedNodeLink(new NodeCaptureOptions(Name, uri.Path, mode.Width, mode.Height)), mode, static () => { });
    }

    /// <summary>A camera that shows its own node would wait for its own first frame for ever.</summary>
    /// <exception cref="CamfxException">The options make such a camera.</exception>
    public static void RefuseOwnNode(CameraOptions options)
    {
        if (options.Source == $"pipewire:{options.Name}" && OutputKinds.Has(options, "pipewire"))
            throw CamfxException.Usage($"The camera '{options.Name}' cannot be its own source; name another node, or give the camera another --name.");
    }
}
