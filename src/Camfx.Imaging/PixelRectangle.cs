namespace Camfx.Imaging;

/// <summary>A rectangle of pixels.</summary>
/// <param name="X">Columns left of it.</param>
/// <param name="Y">Rows above it.</param>
/// <param name="Width">Columns in it.</param>
/// <param name="Height">Rows in it.</param>
public readonly record struct PixelRectangle(int X, int Y, int Width, int Height)
{
    /// <summary>First column right of it.</summary>
    public int Right => X + Width;

    /// <summary>First row below it.</summary>
    public int Bottom => Y + Height;
}
