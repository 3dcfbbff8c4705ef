using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects;

/// <summary>A picture with alpha at its place in the camera's picture, ready to be blended into frames.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
internal sealed class PlacedPicture
{
    private readonly int _x;
    private readonly int _y;
    private readonly double _opacity;

    // A camera's matrix follows its source. Both are made now, so that the render thread never has to.
    private readonly Overlay _bt601;
    private readonly Overlay _bt709;

    /// <summary>
    /// Prepares a straight-alpha BGRA picture; it is not needed afterwards. It lies on an even column and row, one less where it was odd.
    /// </summary>
    public PlacedPicture(in FrameView picture, Placement placement, double opacity, CameraMode mode)
    {
        (_x, _y) = placement.Of(picture.Width, picture.Height, mode.Width, mode.Height);
        _opacity = opacity;
        _bt601 = new Overlay(picture, ColorMatrix.Bt601, ColorRange.Limited);
        _bt709 = new Overlay(picture, ColorMatrix.Bt709, ColorRange.Limited);
    }

    /// <summary>Blends it into an I420 frame of the camera's size, in limited range. What lies outside is not drawn.</summary>
    public void Blend(in FrameView frame) => (frame.Matrix == ColorMatrix.Bt709 ? _bt709 : _bt601).Blend(frame, _x, _y, _opacity);
}
