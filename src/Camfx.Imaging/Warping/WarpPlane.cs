namespace Camfx.Imaging.Warping;

/// <summary>A plane that samples are taken from, and what stands for those outside it.</summary>
internal unsafe struct WarpPlane
{
    public byte* Source;
    public int Stride;
    public int Width;
    public int Height;

    /// <summary>What is drawn where the place lies outside; below 0: the nearest sample inside.</summary>
    public int Outside;
}
