using Camfx.Imaging;

namespace Camfx.Effects.Temperature;

/// <summary>Moves white without making it lighter or darker.</summary>
internal static class WhitePoint
{
    /// <summary>Multiplies red, green and blue, all by so much less or more that the luma of a grey stays.</summary>
    public static void Set(ColorTransform transform, double red, double green, double blue)
    {
        double luma = 0.299 * red + 0.587 * green + 0.114 * blue;
        transform.Set([red / luma, 0, 0, 0, 0, green / luma, 0, 0, 0, 0, blue / luma, 0]);
    }
}
