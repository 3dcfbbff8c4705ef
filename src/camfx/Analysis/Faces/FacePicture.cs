using Camfx.Frames;

namespace Camfx.Analysis.Faces;

/// <summary>A picture as the detector sees it, on its way there.</summary>
internal sealed class FacePicture(int width, int height) : IDisposable
{
    private readonly FrameBuffer _buffer = new(FrameLayout.Packed(PixelFormat.I420, width, height), ColorMatrix.Bt601, ColorRange.Limited);

    public FrameView View => _buffer.View;

    /// <summary>Which of the pictures it is: 1 is the first, 0 none.</summary>
    public long Number { get; set; }

    public void Dispose() => _buffer.Dispose();
}
