using System.Collections.Immutable;
using System.Globalization;

namespace Camfx.Effects;

/// <summary>
/// One key of an effect kind: what users may write behind the colon, and what it means. What a value may be stands here only: it is
/// checked, listed and put into error messages from here.
/// </summary>
/// <param name="Name">The key.</param>
/// <param name="Default">The value taken when it is not given; null: it must be given.</param>
/// <param name="Values">The values allowed, as users read them, e.g. <c>-100 to 100</c>.</param>
/// <param name="Description">One line.</param>
internal sealed record EffectKey(string Name, string? Default, string Values, string Description)
{
    /// <summary>Least number allowed.</summary>
    public double Least { get; private init; } = double.NegativeInfinity;

    /// <summary>Greatest number allowed.</summary>
    public double Most { get; private init; } = double.PositiveInfinity;

    /// <summary>The words allowed, if it takes words.</summary>
    public ImmutableArray<string> Words { get; private init; } = [];

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static EffectKey Number(string name, double? value, double least, double most, string description) => new(
        name, value?.ToString(CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"), description)
    {
        Least = least,
        Most = most,
    };

    /// <summary>One of several words.</summary>
    public static EffectKey Word(string name, string? value, ImmutableArray<string> words, string description) =>
        new(name, value, $"one of {string.Join(", ", words)}", description) { Words = words };

    /// <summary>A switch: 1 (or the key alone) for on, 0 for off.</summary>
    public static EffectKey Switch(string name, string description) => new(name, "0", "0 or 1", description) { Words = ["0", "1"] };

    /// <summary>A length in pixels or in percent of the camera's width or height.</summary>
    public static EffectKey Length(string name, string? value, string description) =>
        new(name, value, "pixels or percent, e.g. 20 or 5%", description);

    /// <summary>A colour.</summary>
    public static EffectKey Color(string name, string value, string description) => new(name, value, Cairo.Color.Syntax, description);

    /// <summary>Any text.</summary>
    public static EffectKey Text(string name, string? value, string values, string description) => new(name, value, values, description);
}
