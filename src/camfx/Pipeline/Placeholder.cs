using Camfx.Cairo;
using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Pipeline;

/// <summary>The card a camera shows when it has no picture: drawn when the reason changes, copied for every frame.</summary>
/// <remarks>Thread-bound to the render thread.</remarks>
internal sealed class Placeholder(string cameraName, CameraMode mode) : IDisposable
{
    private readonly FrameBuffer _card = new(
        FrameLayout.Packed(PixelFormat.I420, mode.Width, mode.Height), ColorMatrix.Bt601, ColorRange.Limited);

    private string? _reason;

    /// <summary>Paints the card with this reason; every pixel of <paramref name="target"/> is written.</summary>
    public void Draw(in FrameView target, string reason)
    {
        if (!string.Equals(reason, _reason, StringComparison.Ordinal))
        {
            Paint(reason);
            _reason = reason;
        }

        Converter.Convert(_card.View, target);
    }

    public void Dispose() => _card.Dispose();

    /// <summary>A machine without fonts or drawing libraries still gets a steady, dark picture.</summary>
    private void Paint(string reason)
    {
        try
        {
            using FrameBuffer drawn = PlaceholderCard.Draw(mode.Width, mode.Height, cameraName, reason);
            Converter.Convert(drawn.View, _card.View);
        }
        catch (DrawingException)
        {
            Fill.Black(_card.View);
        }
    }
}
