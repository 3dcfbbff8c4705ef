namespace Camfx.Cairo;

/// <summary>What becomes of a line that is wider than it may be.</summary>
public enum TextOverflow
{
    /// <summary>It goes on in the next line, broken between words where it can be.</summary>
    Wrap,

    /// <summary>It ends with an ellipsis.</summary>
    Ellipsize,
}
