using Camfx.Frames;

namespace Camfx.Analysis.Segmentation;

/// <summary>What the analysis has found in one small picture, on its way back.</summary>
internal sealed class Mask(int width, int height) : IDisposable
{
    private readonly FrameBuffer _buffer = new(FrameLayout.Packed(PixelFormat.Gray8, width, height), ColorMatrix.Bt601, ColorRange.Full);

    /// <summary>Gray8: 255 is in front, 0 behind.</summary>
    public FrameView View => _buffer.View;

    /// <summary>The turn of the picture it is true for.</summary>
    public long Turn { get; set; }

    /// <summary>When that picture was taken, CLOCK_MONOTONIC in ns.</summary>
    public long CaptureTime { get; set; }

    /// <summary>Whether anything was found out; if not, nobody can be told from the room.</summary>
    public bool IsUsable { get; set; }

    public void Dispose() => _buffer.Dispose();
}
