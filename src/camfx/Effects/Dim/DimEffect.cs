using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Dim;

/// <summary>The room behind people is darker; while nobody knows who is in front, everything is.</summary>
internal sealed class DimEffect : IBackgroundEffect
{
    private readonly ColorAdjust _darker;
    private readonly FrameBuffer _behind;

    private DimEffect(double amount, CameraMode mode)
    {
        // All codes towards black: contrast alone would keep grey where it is.
        double rest = 1 - amount / 100;
        _darker = new ColorAdjust(new ColorSettings { Contrast = rest, Brightness = 50 * (rest - 1), Saturation = rest }, ColorRange.Limited);
        _behind = new FrameBuffer(FrameLayout.Packed(PixelFormat.I420, mode.Width, mode.Height), ColorMatrix.Bt601, ColorRange.Limited);
    }

    public static EffectKind Description { get; } = new(
        "dim", "Makes what is behind people darker.",
        [EffectKey.Number("amount", 50, 0, 100, "how much, in percent; 100 is black")],
        static (values, mode) => new DimEffect(values.Number("amount"), mode))
    { HidesBackground = true };

    public bool IsInPlace => true;

    public void Apply(in FrameView source, in FrameView target, long presentationTime, Matte? matte)
    {
        if (matte is null)
        {
            _darker.Apply(target, target);
            return;
        }

        FrameView behind = _behind.View.With(target.Matrix);
        _darker.Apply(target, behind);
        matte.PutBehind(behind, target);
    }

    public void Dispose() => _behind.Dispose();
}
