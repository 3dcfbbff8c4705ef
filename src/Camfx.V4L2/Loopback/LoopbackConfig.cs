namespace Camfx.V4L2;

/// <summary>One device of v4l2loopback, as its control node makes and describes it.</summary>
/// <param name="Label">The card's name, at most 31 bytes of UTF-8.</param>
/// <param name="Number">N of /dev/videoN; −1: any.</param>
/// <param name="Width">The one width its formats have; 0: any (not for camfx: browsers skip devices of any size).</param>
/// <param name="Height">The one height; 0: any.</param>
/// <param name="MaxBuffers">Frames it holds, 2 to 32.</param>
/// <param name="MaxOpeners">Open files at most; probing programs count, too.</param>
/// <param name="ExclusiveCaps">Whether it says CAPTURE only while a writer streams, and OUTPUT only while none does.</param>
public sealed record LoopbackConfig(
    string Label,
    int Number = -1,
    int Width = 0,
    int Height = 0,
    int MaxBuffers = 4,
    int MaxOpeners = 64,
    bool ExclusiveCaps = true)
{
    /// <summary>Bytes a label may have: V4L2's card name less its closing zero.</summary>
    public const int MaxLabelBytes = 31;
}
