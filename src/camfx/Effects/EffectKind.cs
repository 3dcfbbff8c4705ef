using System.Collections.Immutable;
using Camfx.Configuration;

namespace Camfx.Effects;

/// <summary>A kind of effect: its name, its keys, and how one is made. Parsing, error texts and listings all come from here.</summary>
/// <param name="Name">The name before the colon.</param>
/// <param name="Description">One line.</param>
/// <param name="Keys">Every key it knows.</param>
/// <param name="Create">Makes one for a camera's mode; throws <see cref="CamfxException"/> for a value it cannot take.</param>
internal sealed record EffectKind(
    string Name, string Description, ImmutableArray<EffectKey> Keys, Func<EffectValues, CameraMode, IEffect> Create)
{
    /// <summary>
    /// Whether things may be elsewhere in its picture than in the one it gets, or of an earlier time: who is in front is known of the source's picture only.
    /// </summary>
    public bool MovesPicture { get; init; }

    /// <summary>Whether the room behind people is not to be seen: where such an effect cannot be made or has failed, nothing is shown instead.</summary>
    public bool HidesBackground { get; init; }
}
