using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Color;
using Camfx.Imaging.Conversion;

namespace Camfx.Imaging;

/// <summary>
/// Any linear change of red, green and blue, done to I420 pictures as they are: sepia, another white point, exchanged colours. Luma is exact to a level for the chroma sample it
/// has; what leaves 0–255 is clamped there, in Y, U and V rather than in R, G and B.
/// </summary>
/// <remarks>Thread-bound. Only the constructor allocates.</remarks>
public sealed unsafe class ColorTransform
{
    // A camera's matrix follows its source: both are ready.
    private readonly short[] _bt601 = GC.AllocateArray<short>(TransformConstants.Length, pinned: true);
    private readonly short[] _bt709 = GC.AllocateArray<short>(TransformConstants.Length, pinned: true);
    private readonly ColorRange _range;

    /// <summary>One that changes nothing yet.</summary>
    /// <param name="range">Of the pictures.</param>
    public ColorTransform(ColorRange range)
    {
        _range = range;
        Set([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]);
    }

    /// <summary>Says what the next frames become.</summary>
    /// <param name="rows">
    /// Three rows of four: how much of R', G' and B' (0 to 1) is in the new R', what is added to it; the same for G' and B'. In Y, U and V no factor counts for more than four.
    /// </param>
    /// <exception cref="ArgumentException">They are not twelve.</exception>
    public void Set(ReadOnlySpan<double> rows)
    {
        if (rows.Length != 12) throw new ArgumentException($"Expected 12 numbers, got {rows.Length}.", nameof(rows));
        fixed (short* constants = _bt601) TransformConstants.Write(constants, rows, ColorMatrix.Bt601, _range);
        fixed (short* constants = _bt709) TransformConstants.Write(constants, rows, ColorMatrix.Bt709, _range);
    }

    /// <summary>Changes a frame, in place.</summary>
    /// <param name="frame">An I420 picture in the range given to the constructor.</param>
    /// <exception cref="ArgumentException">Format or range do not fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(in FrameView frame)
    {
        FrameCheck.I420(frame);
        if (frame.Range != _range) throw new ArgumentException($"This transform is for the {_range} range, but the picture is {frame.Range}.");
        fixed (short* constants = frame.Matrix == ColorMatrix.Bt709 ? _bt709 : _bt601) PairConversion.Run<TransformKernel>(frame, frame, constants);
    }
}
