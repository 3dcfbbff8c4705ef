namespace Camfx.Effects.Temperature;

/// <summary>The colour of what glows.</summary>
internal static class Blackbody
{
    /// <summary>
    /// The colour of a temperature beside that of 6500 K, as factors of gamma-coded sRGB: a rational fit of the Planckian locus's chromaticity (Kim et al., US 7024034) turned
    /// into RGB by IEC 61966-2-1.
    /// </summary>
    /// <param name="kelvin">1500 to 15000.</param>
    public static (double Red, double Green, double Blue) Gains(double kelvin)
    {
        (double red, double green, double blue) = Color(kelvin);
        (double redWhite, double greenWhite, double blueWhite) = Color(6500);
        return (red / redWhite, green / greenWhite, blue / blueWhite);
    }

    private static (double Red, double Green, double Blue) Color(double kelvin)
    {
        // The fit begins at 1667 K; below it goes on as it was.
        double k = 1000 / kelvin;
        double x = kelvin <= 4000
            ? ((-0.2661239 * k - 0.2343589) * k + 0.8776956) * k + 0.179910
            : ((-3.0258469 * k + 2.1070379) * k + 0.2226347) * k + 0.240390;
        double y = kelvin <= 2222 ? ((-1.1063814 * x - 1.34811020) * x + 2.18555832) * x - 0.20219683
            : kelvin <= 4000 ? ((-0.9549476 * x - 1.37418593) * x + 2.09137015) * x - 0.16748867
            : ((3.0817580 * x - 5.87338670) * x + 3.75112997) * x - 0.37001483;
        double bigX = x / y, bigZ = (1 - x - y) / y;
        return (
            Coded(3.2406 * bigX - 1.5372 - 0.4986 * bigZ),
            Coded(-0.9689 * bigX + 1.8758 + 0.0415 * bigZ),
            Coded(0.0557 * bigX - 0.2040 + 1.0570 * bigZ));
    }

    private static double Coded(double light) => Math.Pow(Math.Max(light, 0.0005), 1 / 2.2);
}
