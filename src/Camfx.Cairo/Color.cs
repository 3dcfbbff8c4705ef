using System.Collections.Frozen;
using System.Globalization;

namespace Camfx.Cairo;

/// <summary>A colour in sRGB, straight alpha, 0–255 each.</summary>
/// <param name="Red">Red, 0–255.</param>
/// <param name="Green">Green, 0–255.</param>
/// <param name="Blue">Blue, 0–255.</param>
/// <param name="Alpha">0 is invisible, 255 is opaque.</param>
/// <remarks>Immutable; thread-safe.</remarks>
public readonly record struct Color(byte Red, byte Green, byte Blue, byte Alpha = 255)
{
    private static readonly FrozenDictionary<string, Color> s_names = new Dictionary<string, Color>(StringComparer.OrdinalIgnoreCase)
    {
        ["transparent"] = new(0, 0, 0, 0),
        ["black"] = new(0, 0, 0),
        ["white"] = new(255, 255, 255),
        ["gray"] = new(128, 128, 128),
        ["red"] = new(255, 0, 0),
        ["green"] = new(0, 128, 0),
        ["blue"] = new(0, 0, 255),
        ["yellow"] = new(255, 255, 0),
        ["orange"] = new(255, 165, 0),
        ["cyan"] = new(0, 255, 255),
        ["magenta"] = new(255, 0, 255),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What <see cref="TryParse"/> understands, for error messages and help texts.</summary>
    public const string Syntax =
        "#rgb, #rrggbb, #rrggbbaa, or one of black, white, gray, red, green, blue, yellow, orange, cyan, magenta, transparent";

    /// <summary>Opaque white.</summary>
    public static Color White { get; } = new(255, 255, 255);

    /// <summary>Opaque black.</summary>
    public static Color Black { get; } = new(0, 0, 0);

    /// <summary>Nothing at all.</summary>
    public static Color Transparent { get; } = new(0, 0, 0, 0);

    /// <summary>Reads a colour as <see cref="Syntax"/> says; names and digits in upper or lower case (the names are CSS's).</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Color color)
    {
        color = default;
        if (text is not ['#', .. var digits])
            return s_names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out color);
        if (!uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value)) return false;
        switch (digits.Length)
        {
            case 3:
                color = new((byte)((value >> 8) * 17), (byte)((value >> 4 & 15) * 17), (byte)((value & 15) * 17));
                return true;
            case 6:
                color = new((byte)(value >> 16), (byte)(value >> 8), (byte)value);
                return true;
            case 8:
                color = new((byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The colour as <c>#rrggbb</c>, or <c>#rrggbbaa</c> where it is not opaque.</summary>
    public override string ToString() =>
        Alpha == 255 ? $"#{Red:x2}{Green:x2}{Blue:x2}" : $"#{Red:x2}{Green:x2}{Blue:x2}{Alpha:x2}";
}
