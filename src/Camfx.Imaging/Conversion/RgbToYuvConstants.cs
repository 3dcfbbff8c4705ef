using Camfx.Frames;

namespace Camfx.Imaging.Conversion;

/// <summary>
/// The constants of <see cref="RgbToYuvKernel{TPixel, TChroma}"/>, as Q15 factors. The green one is what is left of the sum, so that grey has
/// exactly its luma and no chroma.
/// </summary>
internal static unsafe class RgbToYuvConstants
{
    public const int LumaRed = 0;
    public const int LumaGreen = 1;
    public const int LumaBlue = 2;
    public const int URed = 3;
    public const int UGreen = 4;
    public const int UBlue = 5;
    public const int VRed = 6;
    public const int VGreen = 7;
    public const int VBlue = 8;

    /// <summary>Black luma with seven fractional bits, and one half for rounding.</summary>
    public const int LumaOffset = 9;

    /// <summary>Words that <see cref="Write"/> fills.</summary>
    public const int Length = 10 * FixedPoint.Copies;

    private const double One = 1 << 15;

    /// <summary>Derives the constants from the standard's weights.</summary>
    public static void Write(short* constants, ColorMatrix matrix, ColorRange range)
    {
        ColorWeights weights = ColorWeights.Of(matrix);
        double luma = ColorWeights.LumaSpan(range) / 255.0 * One;
        double chroma = ColorWeights.ChromaSpan(range) / 255.0 / 2 * One;
        WriteRow(constants, LumaRed, weights.Kr * luma, weights.Kb * luma, luma);
        WriteRow(constants, URed, -weights.Kr / (1 - weights.Kb) * chroma, chroma, 0);
        WriteRow(constants, VRed, chroma, -weights.Kb / (1 - weights.Kr) * chroma, 0);
        FixedPoint.Write(constants, LumaOffset, (ColorWeights.LumaOffset(range) << 7) + 64);
    }

    private static void WriteRow(short* constants, int index, double red, double blue, double sum)
    {
        red = Math.Round(red);
        // Full range: one whole Q15 unit is 32768, yet no single factor reaches it.
        blue = Math.Round(blue);
        FixedPoint.Write(constants, index, red);
        FixedPoint.Write(constants, index + 1, Math.Round(sum) - red - blue);
        FixedPoint.Write(constants, index + 2, blue);
    }
}
