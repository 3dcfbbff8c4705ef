namespace Camfx.Imaging.Conversion;

/// <summary>
/// Two rows of a packed picture and the two luma rows and one chroma row of its 4:2:0 form. In the last pair of an odd height both rows are
/// the same one: its chroma then averages with itself, and its pixels are written twice.
/// </summary>
internal unsafe struct RowPair
{
    public byte* Packed0;
    public byte* Packed1;
    public byte* Luma0;
    public byte* Luma1;

    /// <summary>The U row, or the row of U, V pairs.</summary>
    public byte* ChromaU;

    /// <summary>The V row; unused when U and V are interleaved.</summary>
    public byte* ChromaV;

    /// <summary>The kernel's colour constants; null where it only moves bytes.</summary>
    public short* Constants;

    /// <summary>Width in pixels.</summary>
    public int Width;
}
