using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Tests.Analysis.Onnx;

/// <summary>A picture of random colours, what its pixels are in RGB, and room for its mask.</summary>
internal sealed unsafe class Scene : IDisposable
{
    private readonly FrameBuffer _picture;
    private readonly FrameBuffer _colors;
    private readonly FrameBuffer _mask;

    public Scene(int width, int height, int seed = 1)
    {
        _picture = new FrameBuffer(FrameLayout.Packed(PixelFormat.I420, width, height), ColorMatrix.Bt709, ColorRange.Limited);
        _colors = new FrameBuffer(FrameLayout.Packed(PixelFormat.Rgba, width, height), ColorMatrix.Bt709, ColorRange.Limited);
        _mask = new FrameBuffer(FrameLayout.Packed(PixelFormat.Gray8, width, height), ColorMatrix.Bt601, ColorRange.Full);
        new Random(seed).NextBytes(_picture.Bytes);
        Converter.Convert(_picture.View, _colors.View);
    }

    public FrameView Picture => _picture.View;

    public FrameView MaskView => _mask.View;

    public Span<byte> Pixels => _picture.Bytes;

    /// <summary>The mask, row by row.</summary>
    public byte[] Mask => _mask.Bytes.ToArray();

    /// <summary>One colour of all pixels: 0 red, 1 green, 2 blue.</summary>
    public byte[] Color(int channel)
    {
        byte[] bytes = _colors.Bytes.ToArray();
        return [.. Enumerable.Range(0, bytes.Length / 4).Select(pixel => bytes[4 * pixel + channel])];
    }

    public void Dispose()
    {
        _picture.Dispose();
        _colors.Dispose();
        _mask.Dispose();
    }
}
