using System.Collections.Immutable;
using Camfx.Effects.AutoExposure;
using Camfx.Effects.Cartoon;
using Camfx.Effects.Delay;
using Camfx.Effects.Denoise;
using Camfx.Effects.Edge;
using Camfx.Effects.Emboss;
using Camfx.Effects.FalseColor;
using Camfx.Effects.Fisheye;
using Camfx.Effects.Freeze;
using Camfx.Effects.Grain;
using Camfx.Effects.Halftone;
using Camfx.Effects.Hue;
using Camfx.Effects.Invert;
using Camfx.Effects.KenBurns;
using Camfx.Effects.LowLight;
using Camfx.Effects.Lut;
using Camfx.Effects.Pixelate;
using Camfx.Effects.Posterise;
using Camfx.Effects.Ripple;
using Camfx.Effects.Scanlines;
using Camfx.Effects.Sepia;
using Camfx.Effects.Sharpen;
using Camfx.Effects.Swirl;
using Camfx.Effects.Temperature;
using Camfx.Effects.Vignette;
using Camfx.Effects.Warhol;
using Camfx.Effects.Wave;
using Camfx.Effects.WhiteBalance;
using Camfx.Effects.Zoom;

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
        SharpenEffect.Description,
        DenoiseEffect.Description,
        PixelateEffect.Description,
        EdgeEffect.Description,
        EmbossEffect.Description,
        CartoonEffect.Description,
        HalftoneEffect.Description,
        ZoomEffect.Description,
        KenBurnsEffect.Description,
        WaveEffect.Description,
        SwirlEffect.Description,
        RippleEffect.Description,
        FisheyeEffect.Description,
        FreezeEffect.Description,
        DelayEffect.Description,
    ];
}
