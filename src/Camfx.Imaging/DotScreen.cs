using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Color;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging;

/// <summary>Prints the luma of pictures as dots on a screen, black and white: the share of white is the brightness that was there.</summary>
/// <remarks>Immutable; thread-safe. <see cref="Apply"/> allocates nothing.</remarks>
public sealed unsafe class DotScreen
{
    private readonly byte[] _thresholds;
    private readonly int _period;
    private readonly int _width;

    /// <summary>Prepares for frames up to a width.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="period">From one dot to the next, 4 to 64 pixels.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of range.</exception>
    public DotScreen(int width, int period)
    {
        if (period is < 4 or > 64) throw new ArgumentOutOfRangeException(nameof(period), period, "The dots are 4 to 64 pixels apart.");
        (_width, _period) = (width, period);
        _thresholds = GC.AllocateArray<byte>(width * period, pinned: true);

        // Every threshold equally often, in the order in which a dot grows: so brightness is kept.
        int[] order = [.. Enumerable.Range(0, period * period).OrderBy(place => Height(place % period, place / period))];
        for (int rank = 0; rank < order.Length; rank++)
        {
            byte threshold = (byte)Math.Round(16 + 219 * (rank + 0.5) / order.Length);
            for (int x = order[rank] % period; x < width; x += period) _thresholds[order[rank] / period * width + x] = threshold;
        }
    }

    /// <summary>Prints a frame, in place. Chroma is not touched.</summary>
    /// <param name="frame">A picture with a luma plane, no wider than said to the constructor.</param>
    /// <exception cref="ArgumentException">Format or size do not fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(in FrameView frame)
    {
        FrameCheck.Planar420(frame);
        if (frame.Width > _width) throw new ArgumentException($"This screen is for a width up to {_width}; got {frame.Width}.");
        fixed (byte* thresholds = _thresholds)
        {
            for (int y = 0; y < frame.Height; y++)
            {
                byte* luma = frame.Row(0, y);
                PlaneRow row = new() { Source0 = luma, Source1 = thresholds + y % _period * _width, Target0 = luma };
                Traversal.Run<DotKernel, PlaneRow>(row, frame.Width);
            }
        }
    }

    private double Height(int x, int y) =>
        Math.Cos(2 * Math.PI * (x + 0.5) / _period) + Math.Cos(2 * Math.PI * (y + 0.5) / _period);
}
