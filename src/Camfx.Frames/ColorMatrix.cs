namespace Camfx.Frames;

/// <summary>Which standard's weights turn RGB into luma and chroma. The values are the frame queue's wire values.</summary>
public enum ColorMatrix
{
    /// <summary>ITU-R BT.601 (standard definition).</summary>
    Bt601 = 1,

    /// <summary>ITU-R BT.709 (high definition).</summary>
    Bt709 = 2,
}
