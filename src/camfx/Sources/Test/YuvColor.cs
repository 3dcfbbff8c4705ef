using System.Globalization;

namespace Camfx.Sources.Test;

/// <summary>One colour in BT.601 limited range.</summary>
internal readonly record struct YuvColor(byte Y, byte U, byte V)
{
    public static YuvColor Black { get; } = new(16, 128, 128);

    public static YuvColor White { get; } = new(235, 128, 128);

    /// <summary>ITU-R BT.601, 8-bit limited range, from R'G'B' of 0 to 255.</summary>
    public static YuvColor FromRgb(int red, int green, int blue)
    {
        const double Kr = 0.299, Kb = 0.114, Kg = 1 - Kr - Kb;
        double luma = (Kr * red + Kg * green + Kb * blue) / 255;
        return new YuvColor(
            (byte)Math.Round(16 + 219 * luma),
            (byte)Math.Round(128 + 224 * (blue / 255.0 - luma) / (2 * (1 - Kb))),
            (byte)Math.Round(128 + 224 * (red / 255.0 - luma) / (2 * (1 - Kr))));
    }

    /// <summary>Reads <c>#rrggbb</c>.</summary>
    /// <exception cref="CamfxException">It is not six hexadecimal digits behind a hash.</exception>
    public static YuvColor Parse(string text) =>
        text.Length == 7 && text[0] == '#' && uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint rgb)
            ? FromRgb((int)(rgb >> 16), (int)(rgb >> 8 & 0xff), (int)(rgb & 0xff))
            : throw CamfxException.Usage($"The colour '{text}' is not #rrggbb; write for example #00b140.");
}
