using System.Collections.Immutable;
using System.Globalization;
using Camfx.Configuration;
using Camfx.DBus;

namespace Camfx.Service.Objects;

/// <summary>The parameters of an effect on the bus, a{sv}, and as they are written in a SPEC.</summary>
internal static class ParameterText
{
    private const int Most = 64;

    /// <summary>Reads them. Which keys an effect has is not seen here.</summary>
    /// <exception cref="BusException">InvalidArgument: a value is no text, number or truth value, or too long.</exception>
    public static ImmutableSortedDictionary<string, string> Read(IReadOnlyDictionary<string, Variant> parameters)
    {
        if (parameters.Count > Most) throw BusException.InvalidArgument($"There are {parameters.Count} parameters, expected at most {Most}.");
        return EffectSetting.NoParameters.AddRange(parameters.Select(static pair => KeyValuePair.Create(Key(pair.Key), Text(pair.Key, pair.Value))));
    }

    /// <summary>Shows them: each is a text.</summary>
    public static IReadOnlyDictionary<string, Variant> Show(ImmutableSortedDictionary<string, string> parameters) =>
        parameters.ToDictionary(static pair => pair.Key, static pair => (Variant)pair.Value, StringComparer.Ordinal);

    private static string Key(string key) => key.Length is > 0 and <= 64 && key.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
        ? key
        : throw BusException.InvalidArgument($"'{OptionReader.Short(key)}' can be no effect's key.");

    private static string Text(string key, Variant value) => value.Value switch
    {
        string text => OptionReader.Checked(text, key),
        bool flag => flag ? "1" : "0",
        double number => double.IsFinite(number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : throw BusException.InvalidArgument($"{key} is no number."),
        byte or short or ushort or int or uint or long or ulong => Convert.ToString(value.Value, CultureInfo.InvariantCulture)!,
        _ => throw BusException.InvalidArgument($"{key} has the type {value.Signature}, expected a text, a number or a truth value."),
    };
}
