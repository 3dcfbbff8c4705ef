using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Color;
using Camfx.Imaging.Conversion;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging;

/// <summary>
/// Darkens I420 pictures towards their corners like a Gaussian bell: so the gain of a pixel is that of its column times that of its row, and two short tables are all it takes.
/// </summary>
/// <remarks>Immutable; thread-safe. <see cref="Apply"/> allocates nothing.</remarks>
public sealed unsafe class LightFalloff
{
    private const double One = short.MaxValue;

    private readonly short[] _columns;
    private readonly short[] _rows;
    private readonly int _width;
    private readonly int _height;

    /// <summary>Computes the tables.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="strength">How much of its light a corner loses, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The strength is out of range.</exception>
    public LightFalloff(int width, int height, double strength)
    {
        if (!(strength is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(strength), strength, "The strength goes from 0 to 1.");
        _width = width;
        _height = height;
        // A bell never reaches zero: 1 leaves half a percent.
        double fall = -Math.Log(Math.Max(1 - strength, 0.005)) / 2;
        _columns = Gains(width, fall);
        _rows = Gains(height, fall);
    }

    /// <summary>Darkens a frame, in place.</summary>
    /// <param name="frame">An I420 picture of the size given to the constructor.</param>
    /// <exception cref="ArgumentException">Format or size do not fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(in FrameView frame)
    {
        FrameCheck.I420(frame);
        if (frame.Width != _width || frame.Height != _height)
            throw new ArgumentException($"This falloff is for {_width}x{_height}; got {frame.Width}x{frame.Height}.");
        fixed (short* columns = _columns, rows = _rows)
        {
            for (int plane = 0; plane < 3; plane++)
            {
                // The gains of the luma planes come first, then those of the chroma planes.
                short* across = columns + (plane == 0 ? 0 : _width), down = rows + (plane == 0 ? 0 : _height);
                int middle = plane == 0 ? ColorWeights.LumaOffset(frame.Range) : 128, count = PlaneGeometry.RowBytes(frame.Format, _width, plane);
                for (int y = 0; y < PlaneGeometry.Rows(frame.Format, _height, plane); y++)
                {
                    WordRow row = new() { Source0 = across, Bytes = frame.Row(plane, y), Value = down[y], Distance = middle };
                    Traversal.Run<FalloffKernel, WordRow>(row, count);
                }
            }
        }
    }

    private static short[] Gains(int length, double fall)
    {
        short[] gains = GC.AllocateArray<short>(length + (length + 1) / 2, pinned: true);
        for (int i = 0; i < gains.Length; i++)
        {
            double place = i < length ? i + 0.5 : 2 * (i - length) + 1;
            double away = 2 * place / length - 1;
            gains[i] = (short)Math.Round(One * Math.Exp(-fall * away * away));
        }

        return gains;
    }
}
