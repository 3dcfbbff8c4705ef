using Camfx.Configuration;

namespace Camfx.Effects;

/// <summary>Places seen from a point of the picture.</summary>
/// <param name="X">The point, in pixels from the left.</param>
/// <param name="Y">The point, in pixels from the top.</param>
/// <param name="Radius">From the picture's middle to the middle of its longer sides, in pixels.</param>
internal readonly record struct CentreView(double X, double Y, double Radius)
{
    /// <summary>From the middle.</summary>
    public static CentreView Of(CameraMode mode) => new((mode.Width - 1) / 2.0, (mode.Height - 1) / 2.0, mode.Height / 2.0);
}
