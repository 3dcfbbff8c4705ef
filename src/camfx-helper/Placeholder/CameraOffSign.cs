namespace Camfx.Helper.Placeholder;

/// <summary>A video camera crossed out, in a disc: the same sign as on the session's card.</summary>
/// <param name="X">Its centre.</param>
/// <param name="Y">Its centre.</param>
/// <param name="Size">The disc's diameter, pixels.</param>
/// <remarks>Immutable; thread-safe. Everything is a distance to an outline: below −0.5 outside, above 0.5 inside, smooth between.</remarks>
internal readonly record struct CameraOffSign(float X, float Y, float Size)
{
    private const uint Disc = 0x222730, Camera = 0x8b96a8, Slash = 0xd87c6c;

    public int Top => (int)Math.Floor(Y - Size / 2);

    public int Bottom => (int)Math.Ceiling(Y + Size / 2);

    public void DrawRow(Span<uint> pixels, int row)
    {
        int first = Math.Max(0, (int)Math.Floor(X - Size / 2 - 1)), end = Math.Min(pixels.Length, (int)Math.Ceiling(X + Size / 2 + 1));
        float line = Math.Max(1.25f, Size * 0.036f), y = row + 0.5f - Y;
        for (int column = first; column < end; column++)
        {
            float x = column + 0.5f - X;
            uint pixel = Shade.Over(pixels[column], Disc, Size / 2 - MathF.Sqrt(x * x + y * y) + 0.5f);
            float camera = line / 2 - Math.Min(Math.Abs(Body(x, y)), Math.Abs(Hood(x, y)));
            pixel = Shade.Over(pixel, Camera, camera + 0.5f);
            float slash = Math.Abs(x - y) * 0.70710678f, reach = Size * 0.235f;
            if (Math.Abs(x + y) / 2 < reach)
            {
                // A wider stroke in the disc's colour first: the slash then stands free of the camera.
                pixel = Shade.Over(pixel, Disc, line * 1.6f - slash + 0.5f);
                pixel = Shade.Over(pixel, Slash, line / 2 - slash + 0.5f);
            }

            pixels[column] = pixel;
        }
    }

    /// <summary>A rectangle with round corners: distance from its outline.</summary>
    private float Body(float x, float y)
    {
        float radius = Size * 0.06f, dx = Math.Abs(x + Size * 0.09f) - Size * 0.16f + radius, dy = Math.Abs(y) - Size * 0.14f + radius;
        float outX = Math.Max(dx, 0), outY = Math.Max(dy, 0);
        return MathF.Sqrt(outX * outX + outY * outY) + Math.Min(Math.Max(dx, dy), 0) - radius;
    }

    /// <summary>The lens hood, wider at its far end: distance from its outline.</summary>
    private float Hood(float x, float y)
    {
        float from = Size * 0.145f, to = Size * 0.25f, narrow = Size * 0.035f, wide = Size * 0.1f;
        float slope = (wide - narrow) / (to - from);
        float side = (Math.Abs(y) - narrow - (x - from) * slope) / MathF.Sqrt(1 + slope * slope);
        return Math.Max(Math.Max(from - x, x - to), side);
    }
}
