using System.Collections.Immutable;
using Camfx.Effects.Blur;

namespace Camfx.Effects;

/// <summary>The kinds of effects that need to know who is in front.</summary>
internal static class BackgroundKinds
{
    public static ImmutableArray<EffectKind> All { get; } =
    [
        BlurEffect.Description,
    ];
}
