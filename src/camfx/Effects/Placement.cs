using System.Collections.Immutable;

namespace Camfx.Effects;

/// <summary>
/// Where something lies in the picture: the edge, corner or middle it keeps to, and how far from there it is moved inwards (from the
/// middle: to the right and down).
/// </summary>
internal readonly record struct Placement(string Anchor, Extent X, Extent Y)
{
    /// <summary>The anchors there are.</summary>
    public static ImmutableArray<string> Anchors { get; } =
        ["top-left", "top", "top-right", "left", "center", "right", "bottom-left", "bottom", "bottom-right"];

    /// <summary>The keys <c>anchor</c>, <c>x</c> and <c>y</c> of whatever can be placed.</summary>
    public static ImmutableArray<EffectKey> Keys(string anchor, string x, string y) =>
    [
        EffectKey.Word("anchor", anchor, Anchors, "the corner, edge or middle of the picture it keeps to"),
        EffectKey.Length("x", x, "distance from the anchor, across"),
        EffectKey.Length("y", y, "distance from the anchor, down or up"),
    ];

    /// <summary>Reads those keys.</summary>
    /// <exception cref="CamfxException">A value that cannot be taken.</exception>
    public static Placement From(EffectValues values) => new(values.Word("anchor"), values.Extent("x"), values.Extent("y"));

    /// <summary>The top left corner of something of this size in a picture of that size; may lie outside.</summary>
    public (int X, int Y) Of(int width, int height, int pictureWidth, int pictureHeight)
    {
        int left = Place(IsAt("left"), IsAt("right"), X.Pixels(pictureWidth), width, pictureWidth);
        int top = Place(IsAt("top"), IsAt("bottom"), Y.Pixels(pictureHeight), height, pictureHeight);
        return (left, top);
    }

    private static int Place(bool atStart, bool atEnd, int distance, int size, int whole) =>
        atStart ? distance : atEnd ? whole - size - distance : (whole - size) / 2 + distance;

    // "top-left" is at the top and at the left, "top" at the top and in the middle.
    private bool IsAt(string edge) => Anchor.Contains(edge, StringComparison.Ordinal);
}
