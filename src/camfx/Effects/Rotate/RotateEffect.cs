using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Rotate;

/// <summary>Turns the picture clockwise by quarters. A quarter turn changes the picture's shape: it then stands between black bars.</summary>
internal sealed class RotateEffect : IEffect
{
    private readonly bool _isClockwise;
    private readonly FrameBuffer? _turned;
    private readonly FittedPicture? _fitted;

    private RotateEffect(string angle, CameraMode mode)
    {
        _isClockwise = angle == "90";
        if (angle == "180") return;
        _turned = new FrameBuffer(FrameLayout.Packed(PixelFormat.I420, mode.Height, mode.Width), ColorMatrix.Bt601, ColorRange.Limited);
        _fitted = new FittedPicture(mode.Height, mode.Width, mode.Width, mode.Height);
    }

    public static EffectKind Description { get; } = new(
        "rotate", "Turns the picture; a quarter turn stands between black bars.",
        [EffectKey.Word("angle", "90", ["90", "180", "270"], "degrees, clockwise")],
        (values, mode) => new RotateEffect(values.Word("angle"), mode));

    public bool IsInPlace => false;

    public void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        if (_turned is null)
        {
            Transform.Rotate180(source, target);
            return;
        }

        if (_isClockwise) Transform.Rotate90(source, _turned.View);
        else Transform.Rotate270(source, _turned.View);
        _fitted!.Draw(_turned.View, target);
    }

    public void Dispose() => _turned?.Dispose();
}
