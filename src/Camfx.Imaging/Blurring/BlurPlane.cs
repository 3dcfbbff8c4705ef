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
        (int above, int below, short way) = Reduction.Between(y, _scale.Factor, _lines);
        fixed (short* samples = _samples, line = _line)
        fixed (byte* row = _row)
        {
            short* middle = line + _margin;
            WordRow lines = new()
            {
                Source0 = Line(samples, above),
                Source1 = Line(samples, below),
                Target0 = middle,
                Value = way,
            };
            Traversal.Run<BetweenKernel, WordRow>(lines, _columns);
            middle[-1] = middle[0];
            middle[_columns] = middle[_columns - 1];
            WordRow words = new() { Source0 = middle, Bytes = row };
            if (_scale.Factor == 4) Traversal.Run<Expand4Kernel, WordRow>(words, _columns);
            else Traversal.Run<Expand2Kernel, WordRow>(words, _columns);
            return row;
        }
    }

    private void Reduce(byte* plane, int stride, int line, short* target)
    {
        if (_scale.Factor == 4) Reduction.Line4(plane, stride, _width, _height, line, target);
        else Reduction.Line2(plane, stride, _width, _height, line, target);
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
