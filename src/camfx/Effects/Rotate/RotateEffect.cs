using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Rotate;

/// <summary>
/// Turns the picture clockwise by quarters. A quarter turn changes the picture's shape: it then stands between black bars. It is made
/// smaller first and turned then, since turning costs by the pixel.
/// </summary>
internal sealed class RotateEffect : IEffect
{
    private readonly string _angle;
    private readonly PixelRectangle _area;
    private readonly Scaler? _scaler;
    private readonly FrameBuffer? _small;

    private RotateEffect(string angle, CameraMode mode)
    {
        _angle = angle;
        if (angle == "180") return;
        _area = Letterbox.Fit(mode.Height, mode.Width, mode.Width, mode.Height);
        _scaler = new Scaler(mode.Width, mode.Height, _area.Height, _area.Width);
        _small = new FrameBuffer(FrameLayout.Packed(PixelFormat.I420, _area.Height, _area.Width), ColorMatrix.Bt601, ColorRange.Limited);
    }

    public static EffectKind Description { get; } = new(
        "rotate", "Turns the picture; a quarter turn stands between black bars.",
        [EffectKey.Word("angle", "90", ["90", "180", "270"], "degrees, clockwise")],
        (values, mode) => new RotateEffect(values.Word("angle"), mode))
    { MovesPicture = true };

    public bool IsInPlace => false;

    public void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        if (_scaler is null)
        {
            Transform.Rotate180(source, target);
            return;
        }

        Letterbox.FillBars(target, _area);
        FrameView small = _small!.View, upright = Region.Of(target, _area);
        _scaler.Scale(source, small);
        if (_angle == "90") Transform.Rotate90(small, upright);
        else Transform.Rotate270(small, upright);
    }

    public void Dispose() => _small?.Dispose();
}
