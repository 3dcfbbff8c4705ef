using Camfx.Imaging;

namespace Camfx.Effects.Wave;

/// <summary>Each row is shifted sideways and each column up and down, by a sine.</summary>
internal readonly struct WaveMapping(double height, double turn, double phase) : IMapping
{
    public void Map(double x, double y, out double fromX, out double fromY)
    {
        fromX = x + height * Math.Sin(y * turn + phase);
        fromY = y + height / 2 * Math.Sin(x * turn + phase);
    }
}
