using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Blur;

/// <summary>The room behind people is blurred; while nobody knows who is in front, everything is.</summary>
internal sealed class BlurEffect : IBackgroundEffect
{
    // Full strength at 1080p, in pixels: twice what OpenCV's GaussianBlur of 51x51 has.
    private const double FullSigma = 16;
    private const double FullHeight = 1080;

    // What GaussianBlur takes.
    private const double Least = 4, Most = 32;

    private readonly GaussianBlur? _blur;

    private BlurEffect(GaussianBlur? blur) => _blur = blur;

    public static EffectKind Description { get; } = new(
        "blur", "Blurs what is behind people.",
        [EffectKey.Number("strength", 60, 0, 100, "how much, whatever the camera's size; 0 is not at all")],
        Create)
    { HidesBackground = true };

    public bool IsInPlace => true;

    public void Apply(in FrameView source, in FrameView target, long presentationTime, Matte? matte) => _blur?.Apply(target, matte);

    public void Dispose()
    {
    }

    private static BlurEffect Create(EffectValues values, CameraMode mode)
    {
        double strength = values.Number("strength");
        double sigma = strength / 100 * FullSigma * mode.Height / FullHeight;
        return new BlurEffect(strength > 0 ? new GaussianBlur(mode.Width, mode.Height, Math.Clamp(sigma, Least, Most)) : null);
    }
}
