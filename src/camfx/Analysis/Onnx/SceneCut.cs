using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Analysis.Onnx;

/// <summary>Tells when a picture has nothing to do with the one before: another source, a jump in a film. Motion and a lamp leave most of a picture alike.</summary>
/// <remarks>Thread-bound; allocates only when it is made.</remarks>
internal sealed unsafe class SceneCut : IDisposable
{
    private const int Columns = 32, Rows = 18;

    // Mean difference, in luma levels, of the cells. A person who walks in changes it by 10 to 25.
    private const int Threshold = 48;

    private readonly Scaler _scaler;
    private readonly FrameBuffer _now = new(FrameLayout.Packed(PixelFormat.Gray8, Columns, Rows), ColorMatrix.Bt601, ColorRange.Full);
    private readonly FrameBuffer _before = new(FrameLayout.Packed(PixelFormat.Gray8, Columns, Rows), ColorMatrix.Bt601, ColorRange.Full);
    private bool _isFirst = true;

    public SceneCut(int width, int height) => _scaler = new Scaler(width, height, Columns, Rows);

    /// <summary>Looks at the next picture; the first is a cut.</summary>
    /// <param name="picture">I420 of the size it was made for.</param>
    public bool Look(in FrameView picture)
    {
        FrameView luma = new(PixelFormat.Gray8, picture.Width, picture.Height, picture.Matrix, picture.Range, picture.Plane(0), picture.Stride(0));
        _scaler.Scale(luma, _now.View);
        int difference = 0;
        Span<byte> now = _now.Bytes, before = _before.Bytes;
        for (int i = 0; i < now.Length; i++) difference += Math.Abs(now[i] - before[i]);
        now.CopyTo(before);
        bool isCut = _isFirst || difference > Threshold * Columns * Rows;
        _isFirst = false;
        return isCut;
    }

    public void Dispose()
    {
        _now.Dispose();
        _before.Dispose();
    }
}
