using System.Globalization;
using System.Text;

namespace Camfx.Effects.Text;

/// <summary>A text with places for the time: the codes of strftime(3) that a clock on a picture wants.</summary>
internal static class ClockPattern
{
    /// <summary>The codes, for error messages and listings.</summary>
    public const string Codes = "%H %I %M %S %p %Y %y %m %d %e %a %A %b %B %j %F %T %R %%";

    /// <summary>The first code that is none of <see cref="Codes"/>, e.g. <c>%q</c>; null if there is none.</summary>
    public static string? FirstUnknown(string pattern)
    {
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%') continue;
            if (i + 1 == pattern.Length) return "%";
            if (Value(pattern[++i], default) is null) return pattern[(i - 1)..(i + 1)];
        }

        return null;
    }

    /// <summary>The text at a time; codes that are not known stay as they are.</summary>
    public static string Format(string pattern, DateTimeOffset time)
    {
        StringBuilder text = new(pattern.Length + 16);
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '%' && i + 1 < pattern.Length && Value(pattern[i + 1], time) is string value)
            {
                text.Append(value);
                i++;
            }
            else
            {
                text.Append(pattern[i]);
            }
        }

        return text.ToString();
    }

    private static string? Value(char code, DateTimeOffset time) => code switch
    {
        'H' => At(time, "HH"),
        'I' => At(time, "hh"),
        'M' => At(time, "mm"),
        'S' => At(time, "ss"),
        'p' => At(time, "tt"),
        'Y' => At(time, "yyyy"),
        'y' => At(time, "yy"),
        'm' => At(time, "MM"),
        'd' => At(time, "dd"),
        'e' => $"{time.Day,2}",
        'a' => At(time, "ddd"),
        'A' => At(time, "dddd"),
        'b' => At(time, "MMM"),
        'B' => At(time, "MMMM"),
        'j' => $"{time.DayOfYear:D3}",
        'F' => At(time, "yyyy-MM-dd"),
        'T' => At(time, "HH:mm:ss"),
        'R' => At(time, "HH:mm"),
        '%' => "%",
        _ => null,
    };

    private static string At(DateTimeOffset time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
