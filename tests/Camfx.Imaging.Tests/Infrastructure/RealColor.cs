using Camfx.Frames;

namespace Camfx.Imaging.Tests.Infrastructure;

/// <summary>BT.601 and BT.709 as the recommendations write them, in real numbers: written apart from the kernels' own derivation.</summary>
internal static class RealColor
{
    public static (double Red, double Green, double Blue) ToRgb(ColorMatrix matrix, ColorRange range, double y, double u, double v)
    {
        (double kr, double kb) = Weights(matrix);
        double luma = range == ColorRange.Full ? y / 255 : (y - 16) / 219;
        double pb = range == ColorRange.Full ? (u - 128) / 255 : (u - 128) / 224;
        double pr = range == ColorRange.Full ? (v - 128) / 255 : (v - 128) / 224;
        double red = luma + 2 * (1 - kr) * pr, blue = luma + 2 * (1 - kb) * pb;
        double green = (luma - kr * red - kb * blue) / (1 - kr - kb);
        return (red * 255, green * 255, blue * 255);
    }

    public static (double Y, double U, double V) ToYuv(ColorMatrix matrix, ColorRange range, double red, double green, double blue)
    {
        (double kr, double kb) = Weights(matrix);
        double luma = (kr * red + (1 - kr - kb) * green + kb * blue) / 255;
        double pb = (blue / 255 - luma) / (2 * (1 - kb)), pr = (red / 255 - luma) / (2 * (1 - kr));
        return range == ColorRange.Full
            ? (luma * 255, 128 + pb * 255, 128 + pr * 255)
            : (16 + luma * 219, 128 + pb * 224, 128 + pr * 224);
    }

    private static (double Kr, double Kb) Weights(ColorMatrix matrix) => matrix == ColorMatrix.Bt601 ? (0.299, 0.114) : (0.2126, 0.0722);
}
