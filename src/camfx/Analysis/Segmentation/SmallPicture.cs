using Camfx.Analysis.Plates;
using Camfx.Frames;

namespace Camfx.Analysis.Segmentation;

/// <summary>A picture as the analysis sees it, on its way there.</summary>
internal sealed class SmallPicture(int width, int height) : IDisposable
{
    private readonly FrameBuffer _buffer = new(FrameLayout.Packed(PixelFormat.I420, width, height), ColorMatrix.Bt601, ColorRange.Limited);

    public FrameView View => _buffer.View;

    /// <summary>Which of the pictures it is: 1 is the first, 0 none.</summary>
    public long Number { get; set; }

    /// <summary>Who is to look at it: every change of source or segmenter is another turn.</summary>
    public long Turn { get; set; }

    /// <summary>URI of its source.</summary>
    public string Source { get; set; } = "";

    /// <summary>Where whoever is to look at it comes from.</summary>
    public ISegmenters? Segmenters { get; set; }

    /// <summary>When it was taken, CLOCK_MONOTONIC in ns.</summary>
    public long CaptureTime { get; set; }

    /// <summary>Who wants to see it as one of the empty scene; null: nobody.</summary>
    public Calibration? Calibration { get; set; }

    public void Dispose() => _buffer.Dispose();
}
