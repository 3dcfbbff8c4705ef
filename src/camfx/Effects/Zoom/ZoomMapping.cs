using Camfx.Configuration;
using Camfx.Imaging;

namespace Camfx.Effects.Zoom;

/// <summary>Straight lines: <paramref name="step"/> source pixels for one, from a place on.</summary>
internal readonly struct ZoomMapping(double left, double top, double step) : IMapping
{
    /// <summary>A part that lies inside: 0 and 1 are the edges.</summary>
    public static ZoomMapping Of(CameraMode mode, double scale, double x, double y)
    {
        // Pixels are counted by their middles, parts by their edges.
        double middle = (1 / scale - 1) / 2, free = 1 - 1 / scale;
        return new ZoomMapping(middle + free * x * mode.Width, middle + free * y * mode.Height, 1 / scale);
    }

    public void Map(double x, double y, out double fromX, out double fromY)
    {
        fromX = left + step * x;
        fromY = top + step * y;
    }
}
