using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Effects.AutoFrame;
using Camfx.Effects.Brightness;
using Camfx.Effects.Crop;
using Camfx.Effects.Ffmpeg;
using Camfx.Effects.Flip;
using Camfx.Effects.Image;
using Camfx.Effects.Mirror;
using Camfx.Effects.Plugin;
using Camfx.Effects.Rotate;
using Camfx.Effects.Text;

namespace Camfx.Effects;

/// <summary>Every kind of effect there is, and the way from a SPEC to an effect.</summary>
internal static class EffectKinds
{
    private static ImmutableArray<EffectKind> s_unlisted = [];

    public static ImmutableArray<EffectKind> All { get; } =
    [
        MirrorEffect.Description,
        FlipEffect.Description,
        RotateEffect.Description,
        CropEffect.Description,
        BrightnessEffect.Description,
        .. BackgroundKinds.All,
        AutoFrameEffect.Description,
        .. PictureKinds.All,
        ImageEffect.Description,
        TextEffect.Description,
        FfmpegEffect.Description,
        PluginEffect.Description,
    ];

    /// <summary>Adds a kind that is found by its name and listed nowhere: one that a test plays. Thread-safe.</summary>
    public static void AddUnlisted(EffectKind kind) => ImmutableInterlocked.Update(ref s_unlisted, static (all, added) => all.Add(added), kind);

    /// <summary>The kind of a name; null: there is none.</summary>
    public static EffectKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name) ?? s_unlisted.FirstOrDefault(kind => kind.Name == name);

    /// <summary>Makes the effect a SPEC describes: <c>kind[:key=value,key=value]</c>.</summary>
    /// <exception cref="CamfxException">Unknown kind or key, or a value that cannot be taken.</exception>
    public static IEffect Create(string spec, CameraMode mode) => Create(EffectSetting.Parse("1", spec), mode);

    /// <summary>Makes the effect that is written down.</summary>
    /// <exception cref="CamfxException">Unknown kind or key, or a value that cannot be taken.</exception>
    public static IEffect Create(EffectSetting setting, CameraMode mode)
    {
        EffectKind kind = Find(setting.Kind) ?? throw CamfxException.Usage(
            $"There is no effect '{setting.Kind}'; the effects are: {string.Join(", ", All.Select(known => known.Name))}.");
        return kind.Create(new EffectValues(kind, setting.Parameters), mode);
    }
}
