namespace Camfx.Imaging.Blurring;

/// <summary>The 16-bit samples of a reduced picture: bytes with six fractional bits, so that twice a sample still fits.</summary>
internal static class BlurSample
{
    /// <summary>Fractional bits.</summary>
    public const int Bits = 6;

    /// <summary>One half, for rounding.</summary>
    public const short Half = 1 << Bits - 1;

    /// <summary>a × b of Q15 numbers, rounded: the scalar form of <c>MultiplyRound</c>.</summary>
    public static int Multiply(int a, int b) => a * b + (1 << 14) >> 15;
}
