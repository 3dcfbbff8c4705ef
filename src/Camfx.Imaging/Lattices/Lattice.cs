namespace Camfx.Imaging.Lattices;

/// <summary>What a pass over a row needs of a colour cube: where its nodes lie, and how codes become places between them.</summary>
internal unsafe struct Lattice
{
    /// <summary>Fractional bits of a place.</summary>
    public const int PlaceBits = 12;

    /// <summary>Further fractional bits of what is summed up to a place.</summary>
    public const int TermBits = 8;

    /// <summary>Fractional bits of a node's codes.</summary>
    public const int NodeBits = 6;

    /// <summary>What a luma code adds to the places of red, green and blue.</summary>
    public int LumaFactor;

    /// <summary>The same of a U code for green and blue, of a V code for red and green.</summary>
    public int GreenU, BlueU, RedV, GreenV;

    /// <summary>The place of luma 0.</summary>
    public int Offset;

    /// <summary>Nodes along an edge.</summary>
    public int Size;

    /// <summary>The Y of each node; red's next node is the next one, green's Size away, blue's Size².</summary>
    public int* Luma;

    /// <summary>The U of each node, and its V in the upper word.</summary>
    public int* Chroma;
}
