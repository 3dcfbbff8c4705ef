using Camfx.Frames;

namespace Camfx.Imaging.Conversion;

/// <summary>
/// The constants of <see cref="RecolorKernel{TChroma}"/>: from the codes of one standard to colour-difference signals, by way of R'G'B' to
/// those of the other. Grey has no chroma in either, so luma never leaks into chroma.
/// </summary>
internal static unsafe class RecolorConstants
{
    public const int SourceLuma = 0;
    public const int LumaY = 1;
    public const int LumaU = 2;
    public const int LumaV = 3;
    public const int UU = 4;
    public const int UV = 5;
    public const int VU = 6;
    public const int VV = 7;

    /// <summary>Black of the target with five fractional bits, and one half for rounding.</summary>
    public const int TargetLuma = 8;

    /// <summary>Words that <see cref="Write"/> fills.</summary>
    public const int Length = 9 * FixedPoint.Copies;

    /// <summary>Neutral chroma with five fractional bits, and one half for rounding.</summary>
    public const int Neutral = (128 << 5) + 16;

    private const double One = 1 << 13;

    /// <summary>Derives the constants from the standards' weights.</summary>
    public static void Write(short* constants, ColorMatrix fromMatrix, ColorRange fromRange, ColorMatrix toMatrix, ColorRange toRange)
    {
        ColorWeights from = ColorWeights.Of(fromMatrix), to = ColorWeights.Of(toMatrix);
        double luma = (double)ColorWeights.LumaSpan(toRange) / ColorWeights.LumaSpan(fromRange) * One;
        double chroma = (double)ColorWeights.ChromaSpan(toRange) / ColorWeights.ChromaSpan(fromRange) * One;
        double chromaToLuma = (double)ColorWeights.LumaSpan(toRange) / ColorWeights.ChromaSpan(fromRange) * One;

        // R' - Y, G' - Y and B' - Y in the source's signals Pb (first) and Pr (second).
        double redPr = 2 * (1 - from.Kr), bluePb = 2 * (1 - from.Kb);
        double greenPb = -from.Kb * bluePb / from.Kg, greenPr = -from.Kr * redPr / from.Kg;

        // What the target calls luma differs from the source's by this much.
        double lumaPb = to.Kg * greenPb + to.Kb * bluePb, lumaPr = to.Kr * redPr + to.Kg * greenPr;
        FixedPoint.Write(constants, SourceLuma, ColorWeights.LumaOffset(fromRange));
        FixedPoint.Write(constants, LumaY, luma);
        FixedPoint.Write(constants, LumaU, lumaPb * chromaToLuma);
        FixedPoint.Write(constants, LumaV, lumaPr * chromaToLuma);
        FixedPoint.Write(constants, UU, (bluePb - lumaPb) / (2 * (1 - to.Kb)) * chroma);
        FixedPoint.Write(constants, UV, -lumaPr / (2 * (1 - to.Kb)) * chroma);
        FixedPoint.Write(constants, VU, -lumaPb / (2 * (1 - to.Kr)) * chroma);
        FixedPoint.Write(constants, VV, (redPr - lumaPr) / (2 * (1 - to.Kr)) * chroma);
        FixedPoint.Write(constants, TargetLuma, (ColorWeights.LumaOffset(toRange) << 5) + 16);
    }
}
