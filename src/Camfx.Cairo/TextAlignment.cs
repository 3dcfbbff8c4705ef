namespace Camfx.Cairo;

/// <summary>Where the lines of a text stand that are shorter than its longest.</summary>
public enum TextAlignment
{
    /// <summary>At the left (at the right for right-to-left scripts).</summary>
    Start,

    /// <summary>In the middle.</summary>
    Center,

    /// <summary>At the right (at the left for right-to-left scripts).</summary>
    End,
}
