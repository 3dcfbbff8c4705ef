using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Crop;

/// <summary>
/// Shows a part of the picture at the camera's size. A part of another shape stands between black bars: nothing is stretched.
/// </summary>
internal sealed class CropEffect : IEffect
{
    private readonly PixelRectangle _part;
    private readonly PixelRectangle _area;
    private readonly Scaler _scaler;

    private CropEffect(PixelRectangle part, CameraMode mode)
    {
        _part = part;
        _area = Letterbox.Fit(part.Width, part.Height, mode.Width, mode.Height);
        _scaler = new Scaler(part.Width, part.Height, _area.Width, _area.Height);
    }

    public static EffectKind Description { get; } = new(
        "crop", "Shows a part of the picture at the camera's size.",
        [
            EffectKey.Length("x", "0", "left edge of the part"),
            EffectKey.Length("y", "0", "top edge of the part"),
            EffectKey.Length("width", "", "width of the part; up to the right edge if it is not given"),
            EffectKey.Length("height", "", "height of the part; up to the bottom edge if it is not given"),
        ],
        Create)
    { MovesPicture = true };

    public bool IsInPlace => false;

    public void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        Letterbox.FillBars(target, _area);
        _scaler.Scale(Region.Of(source, _part), Region.Of(target, _area));
    }

    public void Dispose()
    {
    }

    private static CropEffect Create(EffectValues values, CameraMode mode)
    {
        (int x, int width) = Read(values, "x", "width", mode.Width);
        (int y, int height) = Read(values, "y", "height", mode.Height);
        return x < 0 || y < 0 || width < 2 || height < 2 || x + width > mode.Width || y + height > mode.Height
            ? throw CamfxException.Usage(
                $"The effect 'crop' was asked for {width}x{height} pixels at {x},{y}, which are not inside the picture of "
                + $"{mode.Width}x{mode.Height}; choose a part of it, at least 2x2.")
            : new CropEffect(new PixelRectangle(x, y, width, height), mode);
    }

    // Two pixels share a chroma sample: the part begins and ends between two samples.
    private static (int Start, int Length) Read(EffectValues values, string startKey, string lengthKey, int whole)
    {
        int start = values.Extent(startKey).Pixels(whole);
        int length = values.Text(lengthKey).Length > 0 ? values.Extent(lengthKey).Pixels(whole) : whole - start;
        int end = start + length;
        return (Even(start), Even(end) - Even(start));
    }

    private static int Even(int value) => value & ~1;
}
