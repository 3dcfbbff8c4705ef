namespace Camfx.Imaging.Planes;

/// <summary>The rows a plane kernel reads and writes; what each is, the kernel says.</summary>
internal unsafe struct PlaneRow
{
    public byte* Source0;
    public byte* Source1;
    public byte* Source2;
    public byte* Source3;
    public byte* Target0;
    public byte* Target1;

    /// <summary>A number the kernel needs; what it is, the kernel says.</summary>
    public short Value;
}
