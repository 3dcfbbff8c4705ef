using Camfx.Configuration;
using Camfx.Imaging;

namespace Camfx.Effects.Rotate;

/// <summary>A turn about the middle, clockwise, so much smaller that all of the picture is seen.</summary>
internal readonly struct TurnMapping : IMapping
{
    private readonly double _middleX;
    private readonly double _middleY;
    private readonly double _sine;
    private readonly double _cosine;

    public TurnMapping(CameraMode mode, double degrees)
    {
        (_middleX, _middleY) = ((mode.Width - 1) / 2.0, (mode.Height - 1) / 2.0);
        (double sine, double cosine) = Math.SinCos(double.DegreesToRadians(degrees));
        double across = mode.Width * Math.Abs(cosine) + mode.Height * Math.Abs(sine), down = mode.Width * Math.Abs(sine) + mode.Height * Math.Abs(cosine);
        double larger = Math.Max(across / mode.Width, down / mode.Height);
        (_sine, _cosine) = (sine * larger, cosine * larger);
    }

    public void Map(double x, double y, out double fromX, out double fromY)
    {
        double across = x - _middleX, down = y - _middleY;
        fromX = _middleX + _cosine * across + _sine * down;
        fromY = _middleY - _sine * across + _cosine * down;
    }
}
