using Camfx.Frames;
using Camfx.Imaging.Conversion;

namespace Camfx.Imaging.Color;

/// <summary>
/// The constants of <see cref="TransformKernel"/>: from the codes of one matrix and range to R'G'B', through nine numbers and three offsets there, and back.
/// </summary>
internal static unsafe class TransformConstants
{
    /// <summary>Black of luma, as a code.</summary>
    public const int Black = 0;

    /// <summary>Nine Q12 factors: of Y, U and V in the new Y, U and V.</summary>
    public const int Factors = 1;

    /// <summary>What is added to the new Y, U and V, with four fractional bits, and one half for rounding.</summary>
    public const int Offsets = 10;

    /// <summary>Words that <see cref="Write"/> fills.</summary>
    public const int Length = 13 * FixedPoint.Copies;

    /// <summary>What a factor may be at most, so that no sum leaves a word.</summary>
    private const double Largest = 3.99;

    /// <summary>Derives the constants.</summary>
    /// <param name="constants">Where they go.</param>
    /// <param name="rgb">Three rows of four: of R', G' and B' in the new one, 0 to 1, and what is added.</param>
    /// <param name="matrix">Of the picture.</param>
    /// <param name="range">Of the picture.</param>
    public static void Write(short* constants, ReadOnlySpan<double> rgb, ColorMatrix matrix, ColorRange range)
    {
        ColorWeights weights = ColorWeights.Of(matrix);
        double luma = ColorWeights.LumaSpan(range), chroma = ColorWeights.ChromaSpan(range);
        double ofRed = 2 * (1 - weights.Kr), ofBlue = 2 * (1 - weights.Kb);
        ReadOnlySpan<double> toRgb =
        [
            1 / luma, 0, ofRed / chroma,
            1 / luma, -weights.Kb * ofBlue / weights.Kg / chroma, -weights.Kr * ofRed / weights.Kg / chroma,
            1 / luma, ofBlue / chroma, 0,
        ];
        ReadOnlySpan<double> toYuv =
        [
            weights.Kr * luma, weights.Kg * luma, weights.Kb * luma,
            -weights.Kr / ofBlue * chroma, -weights.Kg / ofBlue * chroma, (1 - weights.Kb) / ofBlue * chroma,
            (1 - weights.Kr) / ofRed * chroma, -weights.Kg / ofRed * chroma, -weights.Kb / ofRed * chroma,
        ];
        int black = ColorWeights.LumaOffset(range);
        FixedPoint.Write(constants, Black, black);
        for (int to = 0; to < 3; to++)
        {
            double offset = to == 0 ? black : 128;
            for (int row = 0; row < 3; row++) offset += toYuv[3 * to + row] * rgb[4 * row + 3];
            FixedPoint.Write(constants, Offsets + to, Math.Clamp(Math.Round(offset * 16), -256, 4096) + 8);
            for (int from = 0; from < 3; from++)
            {
                double factor = 0;
                for (int row = 0; row < 3; row++)
                    for (int column = 0; column < 3; column++) factor += toYuv[3 * to + row] * rgb[4 * row + column] * toRgb[3 * column + from];
                FixedPoint.Write(constants, Factors + 3 * to + from, Math.Clamp(factor, -Largest, Largest) * (1 << 12));
            }
        }
    }
}
