using System.Runtime.CompilerServices;
using Camfx.Frames;

namespace Camfx.Analysis.Faces;

/// <summary>
/// Sums of brightness and of its square over all that is left of and above a pixel, so that the sum over any rectangle is four look-ups (Crow, 1984).
/// </summary>
/// <remarks>Thread-bound. Sums wrap around; differences over a window of a cascade do not. Behind the last sum there is room for the windows that a vector reads too many.</remarks>
internal sealed unsafe class BrightnessSums(int width, int height)
{
    private readonly uint[] _sums = GC.AllocateArray<uint>((width + 1) * (height + 1) + CascadeWindow.Lanes, pinned: true);
    private readonly uint[] _squares = GC.AllocateArray<uint>((width + 1) * (height + 1) + CascadeWindow.Lanes, pinned: true);

    /// <summary>Sums in a row.</summary>
    public int Stride => width + 1;

    public uint* Sums => (uint*)Unsafe.AsPointer(ref _sums[0]);

    public uint* Squares => (uint*)Unsafe.AsPointer(ref _squares[0]);

    /// <summary>Takes a picture that is not larger than what it was made for.</summary>
    /// <param name="picture">Its first plane counts.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(in FrameView picture)
    {
        uint* sums = Sums, squares = Squares;
        for (int y = 0; y < picture.Height; y++)
        {
            byte* row = picture.Row(0, y);
            uint* sumsAbove = sums, squaresAbove = squares;
            sums += Stride;
            squares += Stride;
            uint sum = 0, square = 0;
            for (int x = 0; x < picture.Width; x++)
            {
                uint value = row[x];
                sum += value;
                square += value * value;
                sums[x + 1] = sumsAbove[x + 1] + sum;
                squares[x + 1] = squaresAbove[x + 1] + square;
            }
        }
    }
}
