using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects;

/// <summary>Puts a picture of another size into the camera's: as large as it fits, in its own proportions, between black bars.</summary>
internal sealed class FittedPicture
{
    private readonly PixelRectangle _area;
    private readonly Scaler _scaler;

    public FittedPicture(int width, int height, int cameraWidth, int cameraHeight)
    {
        _area = Letterbox.Fit(width, height, cameraWidth, cameraHeight);
        _scaler = new Scaler(width, height, _area.Width, _area.Height);
    }

    /// <summary>Writes every pixel of <paramref name="target"/>.</summary>
    public void Draw(in FrameView picture, in FrameView target)
    {
        Letterbox.FillBars(target, _area);
        _scaler.Scale(picture, Region.Of(target, _area));
    }
}
