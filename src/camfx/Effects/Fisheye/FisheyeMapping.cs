using Camfx.Imaging;

namespace Camfx.Effects.Fisheye;

/// <summary>
/// A lens. Above 0 the distance from the middle grows with its own square, and the corners stay where they are, so nothing is asked for that lies outside; below 0 the middle is drawn in and the edges hardly
/// move.
/// </summary>
internal readonly struct FisheyeMapping(CentreView centre, double strength) : IMapping
{
    public void Map(double x, double y, out double fromX, out double fromY)
    {
        double across = x - centre.X, down = y - centre.Y, square = (across * across + down * down) / (centre.X * centre.X + centre.Y * centre.Y);
        double factor = strength >= 0 ? (1 + strength * square) / (1 + strength) : 1 - strength * Math.Exp(-1.5 * square);
        fromX = centre.X + across * factor;
        fromY = centre.Y + down * factor;
    }
}
