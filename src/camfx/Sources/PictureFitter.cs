using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Sources;

/// <summary>
/// Brings a picture of any size, format and turn into the camera's frame: turned upright, scaled to fit, with black bars where the shapes
/// differ, in limited range. A picture that already is an I420 frame of the camera's size is copied once, and nothing else happens.
/// </summary>
/// <remarks>Thread-bound. Allocates only when the picture's size, format or turn changes.</remarks>
internal sealed class PictureFitter(int width, int height) : IDisposable
{
    private FrameBuffer? _planar;
    private FrameBuffer? _upright;
    private Scaler? _scaler;

    /// <summary>What a fitted picture's chroma means: that of the picture, and BT.601 for what comes from RGB.</summary>
    public static ColorMatrix MatrixOf(in FrameView picture) =>
        PixelFormatInfo.Of(picture.Format).IsYuv ? picture.Matrix : ColorMatrix.Bt601;

    /// <summary>Draws the picture.</summary>
    /// <param name="picture">Any format with pixels.</param>
    /// <param name="rotation">Degrees clockwise that bring it upright: 0, 90, 180 or 270.</param>
    /// <param name="pixelAspect">Width to height of one of its pixels, before it is turned; 1 for square ones.</param>
    /// <param name="target">I420 of the camera's size; every pixel is written.</param>
    public void Fit(in FrameView picture, int rotation, double pixelAspect, in FrameView target)
    {
        FrameView frame = target.With(MatrixOf(picture));
        if (rotation == 0 && pixelAspect == 1 && picture.Width == width && picture.Height == height)
        {
            Converter.Convert(picture, frame);
            return;
        }

        FrameView upright = Upright(Planar(picture), rotation);
        PixelRectangle place = Letterbox.Fit(Shown(upright.Width, rotation % 180 == 0 ? pixelAspect : 1 / pixelAspect), upright.Height, width, height);
        Letterbox.FillBars(frame, place);
        FrameView region = Region.Of(frame, place);
        if (upright.Width == place.Width && upright.Height == place.Height) Converter.Convert(upright, region);
        else ScalerFor(upright, place).Scale(upright, region);
    }

    public void Dispose()
    {
        _planar?.Dispose();
        _upright?.Dispose();
    }

    private static int Shown(int pixels, double aspect) => Math.Max(1, (int)Math.Round(pixels * aspect));

    /// <summary>The picture as I420, limited range: itself where it is that already.</summary>
    private FrameView Planar(in FrameView picture)
    {
        if (picture.Format == PixelFormat.I420 && picture.Range == ColorRange.Limited) return picture;
        FrameView planar = Room(ref _planar, picture.Width, picture.Height).With(MatrixOf(picture));
        Converter.Convert(picture, planar);
        return planar;
    }

    private FrameView Upright(in FrameView picture, int rotation)
    {
        if (rotation == 0) return picture;
        bool turned = rotation is 90 or 270;
        FrameView upright = Room(ref _upright, turned ? picture.Height : picture.Width, turned ? picture.Width : picture.Height).With(picture.Matrix);
        switch (rotation)
        {
            case 90: Transform.Rotate90(picture, upright); break;
            case 180: Transform.Rotate180(picture, upright); break;
            default: Transform.Rotate270(picture, upright); break;
        }

        return upright;
    }

    private Scaler ScalerFor(in FrameView picture, PixelRectangle place)
    {
        if (_scaler is null
            || _scaler.SourceWidth != picture.Width || _scaler.SourceHeight != picture.Height
            || _scaler.TargetWidth != place.Width || _scaler.TargetHeight != place.Height)
        {
            _scaler = new Scaler(picture.Width, picture.Height, place.Width, place.Height);
        }

        return _scaler;
    }

    private static FrameView Room(ref FrameBuffer? buffer, int width, int height)
    {
        if (buffer is null || buffer.Layout.Width != width || buffer.Layout.Height != height)
        {
            buffer?.Dispose();
            buffer = new FrameBuffer(FrameLayout.Packed(PixelFormat.I420, width, height), ColorMatrix.Bt601, ColorRange.Limited);
        }

        return buffer.View;
    }
}
