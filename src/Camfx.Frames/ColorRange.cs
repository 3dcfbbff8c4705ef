namespace Camfx.Frames;

/// <summary>Which codes stand for black and white. The values are the frame queue's wire values.</summary>
public enum ColorRange
{
    /// <summary>Luma 16–235, chroma 16–240 (television).</summary>
    Limited = 1,

    /// <summary>0–255 for both (JPEG).</summary>
    Full = 2,
}
