using Camfx.Posix;

namespace Camfx.PipeWire;

/// <summary>Which node is captured, and what suits best.</summary>
/// <param name="Name">What the capture is called at PipeWire.</param>
/// <param name="Target">The node: its name, its description, its serial or its id.</param>
/// <param name="Width">Width in pixels that suits best; the node decides.</param>
/// <param name="Height">Height in pixels, likewise.</param>
public sealed record NodeCaptureOptions(string Name, string Target, int Width, int Height)
{
    /// <summary>Path of PipeWire's socket; null: as <c>PIPEWIRE_REMOTE</c> and <c>XDG_RUNTIME_DIR</c> say.</summary>
    public string? Socket { get; init; }

    /// <summary>A connection that somebody else opened, such as the portal; <see cref="NodeId"/> is then the node. It stays the caller's.</summary>
    public FileDescriptor? Remote { get; init; }

    /// <summary>The node's id at <see cref="Remote"/>.</summary>
    public uint? NodeId { get; init; }
}
