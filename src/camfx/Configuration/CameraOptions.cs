using System.Collections.Immutable;

namespace Camfx.Configuration;

/// <summary>Everything that makes a camera.</summary>
/// <param name="Name">The name users see, at most 31 bytes of UTF-8.</param>
/// <param name="Source">The source's URI.</param>
/// <param name="Effects">Its effects in their order.</param>
/// <param name="Mode">Size and rate.</param>
/// <param name="Outputs">Kinds of outputs.</param>
/// <param name="Idle">When the source is open.</param>
internal sealed record CameraOptions(
    string Name, string Source, ImmutableArray<EffectSetting> Effects, CameraMode Mode, ImmutableArray<string> Outputs, IdleMode Idle)
{
    /// <summary>What stays the same when the camera is given another name; what is kept for it is kept under this.</summary>
    public string Id { get; init; } = Name;

    /// <summary>How devices get their frames.</summary>
    public ZeroCopy ZeroCopy { get; init; }

    /// <summary>False: the source is closed, and whoever watches sees the card that says so.</summary>
    public bool Enabled { get; init; } = true;
}
