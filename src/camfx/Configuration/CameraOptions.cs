using System.Collections.Immutable;

namespace Camfx.Configuration;

/// <summary>Everything that makes a camera.</summary>
/// <param name="Name">The name users see, at most 31 bytes of UTF-8.</param>
/// <param name="Source">The source's URI.</param>
/// <param name="Effects">SPECs in their order.</param>
/// <param name="Mode">Size and rate.</param>
/// <param name="Outputs">Kinds of outputs.</param>
/// <param name="Always">Whether the source is open although nobody watches.</param>
internal sealed record CameraOptions(
    string Name, string Source, ImmutableArray<string> Effects, CameraMode Mode, ImmutableArray<string> Outputs, bool Always)
{
    /// <summary>How devices get their frames.</summary>
    public ZeroCopy ZeroCopy { get; init; }
}
