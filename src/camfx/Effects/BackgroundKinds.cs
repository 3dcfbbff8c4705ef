using System.Collections.Immutable;
using Camfx.Effects.Blur;
using Camfx.Effects.Dim;
using Camfx.Effects.Replace;
using Camfx.Effects.Segment;

namespace Camfx.Effects;

/// <summary>The kinds of effects that need to know who is in front, and the one that says how that is found out.</summary>
internal static class BackgroundKinds
{
    public static ImmutableArray<EffectKind> All { get; } =
    [
        SegmentEffect.Description,
        BlurEffect.Description,
        ReplaceEffect.Description,
        DimEffect.Description,
        ReplaceEffect.Removal,
    ];
}
