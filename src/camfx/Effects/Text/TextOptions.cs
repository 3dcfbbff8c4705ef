using System.Collections.Immutable;
using Camfx.Cairo;
using Camfx.Configuration;

namespace Camfx.Effects.Text;

/// <summary>What a <c>text</c> effect was asked for.</summary>
internal sealed record TextOptions(string Value, bool IsClock, TextStyle Style, Placement Placement, double Opacity)
{
    public static ImmutableArray<EffectKey> Keys { get; } =
    [
        EffectKey.Text("value", null, "any text; quote it where it has a comma", "the text, as it stands"),
        .. Placement.Keys("bottom", "0", "6%"),
        EffectKey.Length("size", "6%", "height of the letters' line"),
        EffectKey.Color("color", "white", "colour of the letters"),
        EffectKey.Text("font", "Sans Bold", "a family and a style, e.g. Serif Italic", "the font; the nearest that is installed is taken"),
        EffectKey.Color("background", "transparent", "colour of a box behind the text"),
        EffectKey.Color("outline", "transparent", "colour of a line around the letters"),
        EffectKey.Color("shadow", "#000000b0", "colour of the letters' shadow"),
        EffectKey.Word("align", "center", ["start", "center", "end"], "how lines of different lengths stand to each other"),
        EffectKey.Length("width", "90%", "where lines wrap"),
        EffectKey.Number("opacity", 1, 0, 1, "0 is invisible, 1 is opaque"),
        EffectKey.Switch("clock", $"the text has places for the time: {ClockPattern.Codes}"),
        EffectKey.Switch("markup", "the text is Pango markup, e.g. <b>bold</b>"),
    ];

    /// <exception cref="CamfxException">A value that cannot be taken.</exception>
    public static TextOptions From(EffectValues values, CameraMode mode)
    {
        double size = values.Extent("size").Of(mode.Height);
        if (size is <= 0 or > TextStyle.LargestSize) throw values.Refuse("size");
        int width = values.Extent("width").Pixels(mode.Width);
        if (width < 1) throw values.Refuse("width");
        bool isClock = values.Switch("clock");
        string text = values.Text("value");
        if (isClock && ClockPattern.FirstUnknown(text) is string unknown)
            throw CamfxException.Usage($"The effect 'text' has no clock code '{unknown}'; the codes are {ClockPattern.Codes}.");

        Color background = values.Color("background"), outline = values.Color("outline");
        TextStyle style = new()
        {
            Font = values.Text("font"),
            Size = Math.Max(1, size),
            Color = values.Color("color"),
            OutlineColor = outline,
            OutlineWidth = outline.Alpha == 0 ? 0 : Math.Max(1, size / 16),
            // A box separates the letters from the picture well enough; a shadow inside it would only blur them.
            ShadowColor = background.Alpha > 0 && !values.IsGiven("shadow") ? Color.Transparent : values.Color("shadow"),
            ShadowOffset = size / 24,
            ShadowBlur = size / 8,
            BackgroundColor = background,
            Padding = background.Alpha == 0 ? 0 : size * 0.35,
            CornerRadius = size * 0.25,
            Alignment = values.Word("align") switch
            {
                "start" => TextAlignment.Start,
                "end" => TextAlignment.End,
                _ => TextAlignment.Center,
            },
            MaxWidth = width,
            MaxHeight = mode.Height,
            Markup = values.Switch("markup"),
        };
        return new TextOptions(text, isClock, style, Placement.From(values), values.Number("opacity"));
    }
}
