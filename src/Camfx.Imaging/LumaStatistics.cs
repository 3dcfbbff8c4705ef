using Camfx.Frames;

namespace Camfx.Imaging;

/// <summary>How light a picture is: a histogram of some of its luma samples, one in every few columns and rows.</summary>
/// <remarks>Thread-bound. Only the constructor allocates.</remarks>
public sealed unsafe class LumaStatistics
{
    private const int ColumnStep = 4, RowStep = 8;

    private readonly int[] _counts = new int[256];
    private int _total;

    /// <summary>Mean luma, as a code; 0 before the first picture.</summary>
    public double Mean
    {
        get
        {
            long sum = 0;
            for (int code = 0; code < 256; code++) sum += (long)code * _counts[code];
            return _total == 0 ? 0 : (double)sum / _total;
        }
    }

    /// <summary>Counts a picture; what was counted before is forgotten.</summary>
    /// <param name="frame">A picture with a luma plane.</param>
    /// <exception cref="ArgumentException">The format has no planes.</exception>
    public void Count(in FrameView frame)
    {
        FrameCheck.Planar420(frame);
        Array.Clear(_counts);
        _total = 0;
        for (int y = 0; y < frame.Height; y += RowStep)
        {
            byte* row = frame.Row(0, y);
            for (int x = 0; x < frame.Width; x += ColumnStep) _counts[row[x]]++;
            _total += (frame.Width + ColumnStep - 1) / ColumnStep;
        }
    }

    /// <summary>The least code that at least this part of the samples do not exceed.</summary>
    /// <param name="part">0 to 1.</param>
    public int Percentile(double part)
    {
        double wanted = part * _total;
        int seen = 0;
        for (int code = 0; code < 256; code++)
        {
            seen += _counts[code];
            if (seen >= wanted) return code;
        }

        return 255;
    }
}
