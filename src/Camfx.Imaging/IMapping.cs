namespace Camfx.Imaging;

/// <summary>Where each place of a picture comes from. Implemented by structs; <see cref="Remap"/> asks for every eighth place, and takes straight lines between.</summary>
public interface IMapping
{
    /// <summary>Where the picture at a place is taken from.</summary>
    /// <param name="x">From the left; the middle of the first pixel is 0.</param>
    /// <param name="y">From the top, the same.</param>
    /// <param name="fromX">Column in the source; may lie outside.</param>
    /// <param name="fromY">Row in the source; may lie outside.</param>
    void Map(double x, double y, out double fromX, out double fromY);
}
