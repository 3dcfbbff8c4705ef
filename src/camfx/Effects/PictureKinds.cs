using System.Collections.Immutable;
using Camfx.Effects.AutoExposure;
using Camfx.Effects.FalseColor;
using Camfx.Effects.Grain;
using Camfx.Effects.Hue;
using Camfx.Effects.Invert;
using Camfx.Effects.LowLight;
using Camfx.Effects.Lut;
using Camfx.Effects.Posterise;
using Camfx.Effects.Scanlines;
using Camfx.Effects.Sepia;
using Camfx.Effects.Temperature;
using Camfx.Effects.Vignette;
using Camfx.Effects.Warhol;
using Camfx.Effects.WhiteBalance;

namespace Camfx.Effects;

/// <summary>The kinds of effects that work on the picture as such, whoever is in it.</summary>
internal static class PictureKinds
{
    public static ImmutableArray<EffectKind> All { get; } =
    [
        HueEffect.Description,
        TemperatureEffect.Description,
        WhiteBalanceEffect.Description,
        AutoExposureEffect.Description,
        LowLightEffect.Description,
        LutEffect.Description,
        SepiaEffect.Description,
        FalseColorEffect.Description,
        InvertEffect.Description,
        PosteriseEffect.Description,
        WarholEffect.Description,
        VignetteEffect.Description,
        GrainEffect.Description,
        ScanlinesEffect.Description,
    ];
}
