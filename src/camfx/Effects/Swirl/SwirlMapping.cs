using Camfx.Imaging;

namespace Camfx.Effects.Swirl;

/// <summary>A turn that falls off smoothly to nothing at the radius.</summary>
internal readonly struct SwirlMapping(CentreView centre, double angle, double radius) : IMapping
{
    public void Map(double x, double y, out double fromX, out double fromY)
    {
        double across = x - centre.X, down = y - centre.Y, left = Math.Max(1 - Math.Sqrt(across * across + down * down) / radius, 0);

        // What has been turned clockwise comes from counter-clockwise.
        (double sine, double cosine) = Math.SinCos(-angle * left * left);
        fromX = centre.X + cosine * across - sine * down;
        fromY = centre.Y + sine * across + cosine * down;
    }
}
