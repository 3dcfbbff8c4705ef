namespace Camfx.V4L2;

/// <summary>Where one block of a buffer lies.</summary>
internal unsafe struct Place
{
    internal byte* Address;
    internal uint Length;
    internal int Descriptor;
}
