using System.Globalization;
using Camfx.Frames;

namespace Camfx.V4L2.Probe;

/// <summary>The command line.</summary>
internal sealed class ProbeArguments
{
    private readonly List<string> _positions = [];
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    internal ProbeArguments(string[] arguments)
    {
        for (int i = 1; i < arguments.Length; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal)) _positions.Add(arguments[i]);
            else if (i + 1 < arguments.Length) _options[arguments[i][2..]] = arguments[++i];
            else throw new ArgumentException($"{arguments[i]} needs a value.");
        }
    }

    internal uint? Format => _options.TryGetValue("format", out string? code) ? FourCC.Pack(code) : null;

    internal int Frames => int.Parse(_options.GetValueOrDefault("frames", "10"), CultureInfo.InvariantCulture);

    internal (int Width, int Height)? Size
    {
        get
        {
            if (!_options.TryGetValue("size", out string? text)) return null;
            string[] parts = text.Split('x');
            return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        }
    }

    internal MemoryType? Memory => !_options.TryGetValue("memory", out string? text) ? null
        : Enum.TryParse(text, ignoreCase: true, out MemoryType type) ? type
        : throw new ArgumentException($"'{text}' is no memory type; say {string.Join(", ", Enum.GetNames<MemoryType>())}.");

    internal string Option(string name, string otherwise) => _options.GetValueOrDefault(name, otherwise);

    internal string Position(int index) =>
        index < _positions.Count ? _positions[index] : throw new ArgumentException("A device is missing, e.g. /dev/video0.");
}
