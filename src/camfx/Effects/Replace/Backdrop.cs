using Camfx.Cairo;
using Camfx.Configuration;
using Camfx.FFmpeg;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Replace;

/// <summary>A still picture that is put behind people, at the camera's size.</summary>
/// <remarks>Immutable; thread-safe. Whoever has it disposes it.</remarks>
internal sealed class Backdrop : IDisposable
{
    // A camera's matrix follows its source. Both are made now, so that the render thread never has to.
    private readonly FrameBuffer _bt601;
    private readonly FrameBuffer _bt709;

    private Backdrop(in FrameView picture)
    {
        _bt601 = Convert(picture, ColorMatrix.Bt601);
        _bt709 = Convert(picture, ColorMatrix.Bt709);
    }

    /// <summary>One colour.</summary>
    public static Backdrop Of(Color color, CameraMode mode)
    {
        using FrameBuffer picture = new(FrameLayout.Packed(PixelFormat.Bgra, mode.Width, mode.Height), ColorMatrix.Bt601, ColorRange.Full);
        Fill.Solid(picture.View, color.Red, color.Green, color.Blue);
        return new Backdrop(picture.View);
    }

    /// <summary>A file's picture, in its own proportions and so large that it covers the camera's: what reaches beyond is left out on both sides.</summary>
    /// <exception cref="AvException">There is no such picture.</exception>
    /// <exception cref="DrawingException">It cannot be scaled.</exception>
    public static Backdrop Of(string path, CameraMode mode)
    {
        using FrameBuffer file = ImageFile.Load(path);
        using FrameBuffer picture = PictureScaler.Scale(Region.Of(file.View, Covering(file.Layout.Width, file.Layout.Height, mode)), mode.Width, mode.Height);
        return new Backdrop(picture.View);
    }

    /// <summary>The picture as a frame needs it.</summary>
    public FrameView For(in FrameView frame) => (frame.Matrix == ColorMatrix.Bt709 ? _bt709 : _bt601).View;

    public void Dispose()
    {
        _bt601.Dispose();
        _bt709.Dispose();
    }

    private static FrameBuffer Convert(in FrameView picture, ColorMatrix matrix)
    {
        FrameBuffer converted = new(FrameLayout.Packed(PixelFormat.I420, picture.Width, picture.Height), matrix, ColorRange.Limited);
        Converter.Convert(picture, converted.View);
        return converted;
    }

    /// <summary>The middle of a picture that has the camera's proportions.</summary>
    private static PixelRectangle Covering(int width, int height, CameraMode mode)
    {
        double factor = Math.Max((double)mode.Width / width, (double)mode.Height / height);
        int partWidth = Math.Clamp((int)Math.Round(mode.Width / factor), 1, width), partHeight = Math.Clamp((int)Math.Round(mode.Height / factor), 1, height);
        return new PixelRectangle((width - partWidth) / 2, (height - partHeight) / 2, partWidth, partHeight);
    }
}
