using Camfx.Frames;

namespace Camfx.Imaging.Conversion;

/// <summary>The numbers from which a standard defines its luma and chroma; everything else is derived from them.</summary>
/// <param name="Kr">Weight of red in luma.</param>
/// <param name="Kb">Weight of blue in luma.</param>
internal readonly record struct ColorWeights(double Kr, double Kb)
{
    /// <summary>Weight of green in luma.</summary>
    public double Kg => 1 - Kr - Kb;

    /// <summary>ITU-R BT.601-7 §2.5.1 and BT.709-6 item 3.2.</summary>
    public static ColorWeights Of(ColorMatrix matrix) => matrix switch
    {
        ColorMatrix.Bt601 => new ColorWeights(0.299, 0.114),
        ColorMatrix.Bt709 => new ColorWeights(0.2126, 0.0722),
        _ => throw new ArgumentException($"'{matrix}' is no colour matrix camfx handles; expected Bt601 or Bt709.", nameof(matrix)),
    };

    /// <summary>Code of black luma.</summary>
    public static int LumaOffset(ColorRange range) => range switch
    {
        ColorRange.Limited => 16,
        ColorRange.Full => 0,
        _ => throw new ArgumentException($"'{range}' is no colour range camfx handles; expected Limited or Full.", nameof(range)),
    };

    /// <summary>Codes from black to white.</summary>
    public static int LumaSpan(ColorRange range) => range == ColorRange.Full ? 255 : 219;

    /// <summary>Codes from the lowest to the highest chroma.</summary>
    public static int ChromaSpan(ColorRange range) => range == ColorRange.Full ? 255 : 224;
}
