namespace Camfx.Imaging.Conversion;

/// <summary>Chroma of one colour, with the constants and rounding of <see cref="RgbToYuvKernel{TPixel, TChroma}"/>.</summary>
internal static unsafe class RgbToChroma
{
    /// <summary>Neutral chroma with six fractional bits, and one half for rounding.</summary>
    public const int Offset = (128 << 6) + 32;

    public static (byte U, byte V) Of(int red, int green, int blue, short* constants)
    {
        // The kernel works on the sum of four pixels shifted left by four: one colour is shifted by six.
        int u = Weighted(constants, RgbToYuvConstants.URed, red << 6, green << 6, blue << 6) + Offset >> 6;
        int v = Weighted(constants, RgbToYuvConstants.VRed, red << 6, green << 6, blue << 6) + Offset >> 6;
        return (FixedPoint.Clamp(u), FixedPoint.Clamp(v));
    }

    private static int Weighted(short* constants, int index, int red, int green, int blue) =>
        FixedPoint.MultiplyRound(red, constants[index * FixedPoint.Copies])
        + FixedPoint.MultiplyRound(green, constants[(index + 1) * FixedPoint.Copies])
        + FixedPoint.MultiplyRound(blue, constants[(index + 2) * FixedPoint.Copies]);
}
