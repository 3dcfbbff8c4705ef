namespace Camfx.Imaging.Neighbours;

/// <summary>Five rows of a plane around the one that is made, each with room beyond both ends, and where the new one goes.</summary>
internal unsafe struct NeighbourRow
{
    public byte* Above2;
    public byte* Above;
    public byte* Middle;
    public byte* Below;
    public byte* Below2;

    /// <summary>Words that one kernel leaves for the next one, with room beyond both ends.</summary>
    public short* Words;
    public byte* Target;

    /// <summary>Numbers the kernel needs; what they are, the kernel says.</summary>
    public short Value0, Value1, Value2;
}
