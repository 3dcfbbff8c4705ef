using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Denoising;

/// <summary>One plane and what is remembered of it from frame to frame.</summary>
/// <remarks>Thread-bound. Only the constructor allocates: two bytes a sample.</remarks>
internal sealed unsafe class TemporalPlane
{
    private const int Lines = 5, Around = 2, Room = 64;

    private readonly int _width;
    private readonly int _height;
    private readonly int _stride;
    private readonly short[] _memory;
    private readonly short[] _lines;
    private bool _remembers;

    public TemporalPlane(int width, int height)
    {
        (_width, _height, _stride) = (width, height, width + 2 * Room);
        _memory = GC.AllocateArray<short>(width * height, pinned: true);
        _lines = GC.AllocateArray<short>((Lines + 1) * _stride, pinned: true);
    }

    /// <summary>Takes the noise out of a plane, in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(byte* plane, int stride, short threshold, short slope, short least)
    {
        fixed (short* memory = _memory, lines = _lines)
        {
            if (!_remembers) Remember(plane, stride, memory);
            DenoiseRow row = new() { Sums = lines + Lines * _stride + Room, Threshold = threshold, Slope = slope, Least = least };
            for (int y = 0; y < Math.Min(Around, _height); y++) Take(plane + (nint)y * stride, memory, lines, y);
            for (int y = 0; y < _height; y++)
            {
                int next = y + Around;
                if (next < _height) Take(plane + (nint)next * stride, memory, lines, next);
                row.Above2 = Line(lines, Math.Max(y - 2, 0));
                row.Above = Line(lines, Math.Max(y - 1, 0));
                row.Middle = Line(lines, y);
                row.Below = Line(lines, Math.Min(y + 1, _height - 1));
                row.Below2 = Line(lines, Math.Min(y + 2, _height - 1));
                row.Memory = memory + (nint)y * _width;
                row.Codes = plane + (nint)y * stride;
                Traversal.Run<DifferenceSumKernel, DenoiseRow>(row, _width + 2 * DifferenceSumKernel.Beyond);
                Traversal.Run<FollowKernel, DenoiseRow>(row, _width);
            }
        }
    }

    private short* Line(short* lines, int y) => lines + y % Lines * _stride + Room;

    private void Take(byte* codes, short* memory, short* lines, int y)
    {
        short* line = Line(lines, y);
        Traversal.Run<DifferenceKernel, DenoiseRow>(new DenoiseRow { Codes = codes, Memory = memory + (nint)y * _width, Middle = line }, _width);
        line[-1] = line[-2] = line[0];
        line[_width] = line[_width + 1] = line[_width - 1];
    }

    private void Remember(byte* plane, int stride, short* memory)
    {
        for (int y = 0; y < _height; y++)
            for (int x = 0; x < _width; x++) memory[(nint)y * _width + x] = (short)(plane[(nint)y * stride + x] << 7);
        _remembers = true;
    }
}
