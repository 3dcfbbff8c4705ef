using System.Runtime.CompilerServices;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Blurring;

/// <summary>One plane, reduced and blurred, and the way back to rows of its full size. Beyond its edges the plane is mirrored.</summary>
/// <remarks>Thread-bound. Nothing allocates but the constructor.</remarks>
internal sealed unsafe class BlurPlane
{
    private readonly BlurScale _scale;
    private readonly int _width;
    private readonly int _height;
    private readonly int _columns;
    private readonly int _lines;
    private readonly int _stride;
    private readonly int _margin;
    private readonly short[] _samples;
    private readonly short[] _between;
    private readonly short[] _line;
    private readonly byte[] _row;

    public BlurPlane(int width, int height, in BlurScale scale)
    {
        _scale = scale;
        _width = width;
        _height = height;
        _columns = (width + scale.Factor - 1) / scale.Factor;
        _lines = (height + scale.Factor - 1) / scale.Factor;
        _margin = scale.Radius;
        _stride = _columns + 2 * _margin;
        _samples = GC.AllocateArray<short>(_stride * (_lines + 2 * _margin), pinned: true);
        _between = GC.AllocateArray<short>(_stride * _lines, pinned: true);
        _line = GC.AllocateArray<short>(_stride, pinned: true);
        _row = GC.AllocateArray<byte>(_columns * scale.Factor, pinned: true);
    }

    /// <summary>Takes a plane in and blurs it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(byte* plane, int stride)
    {
        fixed (short* samples = _samples, between = _between, weights = _scale.Weights)
        {
            for (int line = 0; line < _lines; line++) Reduce(plane, stride, line, Line(samples, line));
            for (int line = 1; line <= _margin; line++)
            {
                CopyLine(Line(samples, Mirrored(-line, _lines)), Line(samples, -line));
                CopyLine(Line(samples, Mirrored(_lines - 1 + line, _lines)), Line(samples, _lines - 1 + line));
            }

            WordRow row = new() { Weights = weights, Value = (short)_margin };
            for (int line = 0; line < _lines; line++)
            {
                short* middle = between + (nint)line * _stride + _margin;
                row.Source0 = Line(samples, line);
                row.Target0 = middle;
                row.Distance = _stride;
                Traversal.Run<SymmetricKernel, WordRow>(row, _columns);
                for (int column = 1; column <= _margin; column++)
                {
                    middle[-column] = middle[Mirrored(-column, _columns)];
                    middle[_columns - 1 + column] = middle[Mirrored(_columns - 1 + column, _columns)];
                }
            }

            row.Distance = 1;
            for (int line = 0; line < _lines; line++)
            {
                row.Source0 = between + (nint)line * _stride + _margin;
                row.Target0 = Line(samples, line);
                Traversal.Run<SymmetricKernel, WordRow>(row, _columns);
            }
        }
    }

    /// <summary>One row of the blurred plane at its full size; it holds until the next one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public byte* Row(int y)
    {
        // The row's middle, in halves of full rows from the first line's middle, tells the two lines it lies between.
        int factor = _scale.Factor, halves = 2 * y + 1 - factor;
        int above = halves < 0 ? -1 : halves / (2 * factor);
        int way = (halves - above * 2 * factor) * (1 << 15) / (2 * factor);
        fixed (short* samples = _samples, line = _line)
        fixed (byte* row = _row)
        {
            short* middle = line + _margin;
            WordRow lines = new()
            {
                Source0 = Line(samples, Math.Max(above, 0)), Source1 = Line(samples, Math.Min(above + 1, _lines - 1)), Target0 = middle, Value = (short)way,
            };
            Traversal.Run<BetweenKernel, WordRow>(lines, _columns);
            middle[-1] = middle[0];
            middle[_columns] = middle[_columns - 1];
            WordRow words = new() { Source0 = middle, Bytes = row };
            if (factor == 4) Traversal.Run<Expand4Kernel, WordRow>(words, _columns);
            else Traversal.Run<Expand2Kernel, WordRow>(words, _columns);
            return row;
        }
    }

    private void Reduce(byte* plane, int stride, int line, short* target)
    {
        int factor = _scale.Factor, y = line * factor;
        PlaneRow row = new()
        {
            Source0 = Row(0), Source1 = Row(1), Source2 = Row(2), Source3 = Row(3), Target0 = (byte*)target,
        };
        int whole = _width / factor;
        if (factor == 4) Traversal.Run<Reduce4Kernel, PlaneRow>(row, whole);
        else Traversal.Run<Reduce2Kernel, PlaneRow>(row, whole);
        if (whole < _columns) target[whole] = Last(row, whole * factor);

        // Rows below the last one are like it.
        byte* Row(int number) => plane + (nint)Math.Min(y + number, _height - 1) * stride;
    }

    /// <summary>The mean of the last columns, where they are fewer than become one.</summary>
    private short Last(in PlaneRow row, int x)
    {
        int sum = 0, count = (_width - x) * _scale.Factor;
        for (; x < _width; x++)
        {
            sum += row.Source0[x] + row.Source1[x];
            if (_scale.Factor == 4) sum += row.Source2[x] + row.Source3[x];
        }

        return (short)(((sum << BlurSample.Bits) + count / 2) / count);
    }

    private short* Line(short* samples, int line) => samples + (nint)(line + _margin) * _stride + _margin;

    private void CopyLine(short* source, short* target) => Unsafe.CopyBlockUnaligned(target, source, (uint)_columns * sizeof(short));

    /// <summary>The place inside that a place outside mirrors, however far outside it is.</summary>
    private static int Mirrored(int place, int length)
    {
        int period = 2 * length, inside = (place % period + period) % period;
        return inside < length ? inside : period - 1 - inside;
    }
}
