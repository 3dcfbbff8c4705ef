using System.Collections.Immutable;
using System.Text;
using Camfx.Configuration;

namespace Camfx.Presets;

/// <summary>
/// A chain of effects with a name. Its file is text that people write and read: what it does behind a <c>#</c> in the first line, then one SPEC a line.
/// </summary>
/// <param name="Name">How it is asked for.</param>
/// <param name="Description">What it does, one line; perhaps empty.</param>
/// <param name="Effects">The chain.</param>
internal sealed record Preset(string Name, string Description, ImmutableArray<EffectSetting> Effects)
{
    /// <summary>Reads one. Whether there are such kinds, and whether they take these values, is seen when the effects are made.</summary>
    /// <exception cref="CamfxException">A line cannot be read.</exception>
    public static Preset Parse(string name, string text)
    {
        string[] lines = [.. text.Split('\n').Select(static line => line.Trim())];
        string description = lines[0].StartsWith('#') ? lines[0].TrimStart('#').Trim() : "";
        return new Preset(name, description, EffectSetting.ParseAll(lines.Where(static line => line.Length > 0 && !line.StartsWith('#'))));
    }

    /// <summary>Writes it so that <see cref="Parse"/> reads the same again.</summary>
    public string Format()
    {
        StringBuilder text = new();
        if (Description.Length > 0) text.Append($"# {Description}\n");
        foreach (EffectSetting effect in Effects) text.Append(effect.Spec).Append('\n');
        return text.ToString();
    }
}
