using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Rotate;

/// <summary>
/// Turns the picture clockwise. A quarter turn changes the picture's shape: it then stands between black bars. It is made
/// smaller first and turned then, since turning costs by the pixel. Right angles move pixels as they are; other angles are <see cref="TurnMapping"/>'s.
/// </summary>
internal sealed class RotateEffect : IEffect
{
    private readonly int _angle;
    private readonly PixelRectangle _area;
    private readonly Scaler? _scaler;
    private readonly FrameBuffer? _small;

    private RotateEffect(int angle, CameraMode mode)
    {
        _angle = angle;
        if (angle is 0 or 180) return;
        _area = Letterbox.Fit(mode.Height, mode.Width, mode.Width, mode.Height);
        _scaler = new Scaler(mode.Width, mode.Height, _area.Height, _area.Width);
        _small = new FrameBuffer(FrameLayout.Packed(PixelFormat.I420, _area.Height, _area.Width), ColorMatrix.Bt601, ColorRange.Limited);
    }

    public static EffectKind Description { get; } = new(
        "rotate", "Turns the picture; what is left over is black.",
        [EffectKey.Number("angle", 90, 0, 360, "degrees, clockwise")],
        static (values, mode) =>
        {
            double angle = values.Number("angle");
            return angle % 90 == 0 ? new RotateEffect((int)angle % 360, mode) : new WarpEffect<TurnMapping>(mode, new TurnMapping(mode, angle), black: true);
        })
    { MovesPicture = true };

    public bool IsInPlace => false;

    public void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        if (_angle == 0) FrameCopy.Copy(source, target);
        else if (_angle == 180) Transform.Rotate180(source, target);
        else Quarter(source, target);
    }

    public void Dispose() => _small?.Dispose();

    private void Quarter(in FrameView source, in FrameView target)
    {
        Letterbox.FillBars(target, _area);
        FrameView small = _small!.View, upright = Region.Of(target, _area);
        _scaler!.Scale(source, small);
        if (_angle == 90) Transform.Rotate90(small, upright);
        else Transform.Rotate270(small, upright);
    }
}
