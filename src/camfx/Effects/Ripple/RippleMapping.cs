using Camfx.Imaging;

namespace Camfx.Effects.Ripple;

/// <summary>Each place is moved outwards and inwards by a sine of its distance; the very middle stays.</summary>
internal readonly struct RippleMapping(CentreView centre, double height, double turn, double phase) : IMapping
{
    public void Map(double x, double y, out double fromX, out double fromY)
    {
        double across = x - centre.X, down = y - centre.Y, away = Math.Sqrt(across * across + down * down);
        double part = height * Math.Sin(away * turn - phase) / Math.Max(away, height);
        fromX = x + across * part;
        fromY = y + down * part;
    }
}
