namespace Camfx.Imaging.Planes;

/// <summary>The rows of 16-bit samples a kernel reads and writes; what each is, the kernel says.</summary>
internal unsafe struct WordRow
{
    public short* Source0;
    public short* Source1;
    public short* Target0;
    public byte* Bytes;
    public short* Weights;

    /// <summary>Words from one sample that is weighted to the next.</summary>
    public int Distance;

    /// <summary>A number the kernel needs; what it is, the kernel says.</summary>
    public short Value;
}
