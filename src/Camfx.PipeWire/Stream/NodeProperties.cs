namespace Camfx.PipeWire.Stream;

/// <summary>The properties that make a node a camera.</summary>
internal static class NodeProperties
{
    /// <summary>WirePlumber gives V4L2 cameras 1000 and less; above it, camfx is the default camera.</summary>
    private const string Priority = "1100";

    /// <summary>What browsers and WirePlumber look for, then the options' own.</summary>
    public static KeyValuePair<string, string>[] Of(CameraNodeOptions options) =>
    [
        // Browsers ask the portal for cameras, and it and WirePlumber's permissions look for exactly this class and role.
        new("media.class", "Video/Source"),
        new("media.role", "Camera"),
        new("media.type", "Video"),
        new("media.category", "Capture"),
        new("media.name", options.Description),
        new("node.name", options.Name),
        new("node.description", options.Description),
        new("node.nick", options.Description),
        new("node.virtual", "true"),
        new("priority.session", Priority),
        new(CameraNode.CameraProperty, options.Name),
        .. options.Properties,
    ];
}
