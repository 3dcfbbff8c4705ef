using Camfx.Frames;

namespace Camfx.Imaging.Conversion;

/// <summary>
/// The constants of <see cref="YuvToRgbKernel{TPixel, TChroma}"/>. Codes enter shifted left by 7, products keep 5 fractional bits; so each factor has
/// 15 - 7 + 5 = 13 fractional bits. The largest, 2.11, then just fits a word, as does the largest sum.
/// </summary>
internal static unsafe class YuvToRgbConstants
{
    public const int LumaOffset = 0;
    public const int Luma = 1;
    public const int RedV = 2;
    public const int GreenU = 3;
    public const int GreenV = 4;
    public const int BlueU = 5;

    /// <summary>Words that <see cref="Write"/> fills.</summary>
    public const int Length = 6 * FixedPoint.Copies;

    private const double One = 1 << 13;

    /// <summary>Derives the constants from the standard's weights.</summary>
    public static void Write(short* constants, ColorMatrix matrix, ColorRange range)
    {
        ColorWeights weights = ColorWeights.Of(matrix);
        double chroma = 255.0 / ColorWeights.ChromaSpan(range) * One;
        FixedPoint.Write(constants, LumaOffset, ColorWeights.LumaOffset(range));
        FixedPoint.Write(constants, Luma, 255.0 / ColorWeights.LumaSpan(range) * One);
        FixedPoint.Write(constants, RedV, 2 * (1 - weights.Kr) * chroma);
        FixedPoint.Write(constants, GreenU, -2 * weights.Kb * (1 - weights.Kb) / weights.Kg * chroma);
        FixedPoint.Write(constants, GreenV, -2 * weights.Kr * (1 - weights.Kr) / weights.Kg * chroma);
        FixedPoint.Write(constants, BlueU, 2 * (1 - weights.Kb) * chroma);
    }
}
