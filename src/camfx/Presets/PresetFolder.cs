using System.Reflection;
using Camfx.Configuration;

namespace Camfx.Presets;

/// <summary>
/// Where presets come from: the user's, <c>$XDG_CONFIG_HOME/camfx/presets/NAME.preset</c>, and those that camfx brings along. Of two with one name the
/// user's counts.
/// </summary>
internal sealed class PresetFolder(string folder)
{
    private const string Extension = ".preset";
    private const int LongestName = 64;
    private const long MostBytes = 64 * 1024;

    /// <summary>The names of those that camfx brings along.</summary>
    public static IEnumerable<string> Shipped => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(static name => name.EndsWith(Extension, StringComparison.Ordinal)).Select(static name => name[..^Extension.Length]);

    /// <summary>The user's.</summary>
    public static PresetFolder OfUser() => new(Path.Combine(ConfigurationFolder.Path, "presets"));

    /// <summary>All names in their order.</summary>
    public IEnumerable<string> Names()
    {
        string[] own = Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + Extension) : [];
        return own.Select(static file => Path.GetFileNameWithoutExtension(file)!).Union(Shipped, StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    /// <summary>Whether it is the user's.</summary>
    public bool IsOwn(string name) => File.Exists(FileOf(name));

    /// <summary>Reads one.</summary>
    /// <exception cref="CamfxException">There is none, or it cannot be read.</exception>
    public Preset Read(string name)
    {
        if (!IsOwn(name) && !Shipped.Contains(name, StringComparer.Ordinal))
            throw new CamfxException(ExitCode.NoSuchThing, $"There is no preset '{name}'; there are: {string.Join(", ", Names())}.");
        using Stream stream = IsOwn(name) ? File.OpenRead(FileOf(name)) : Assembly.GetExecutingAssembly().GetManifestResourceStream(name + Extension)!;
        if (stream.Length > MostBytes) throw new CamfxException(ExitCode.Failed, $"The preset '{FileOf(name)}' has {stream.Length} bytes, expected at most {MostBytes}.");
        using StreamReader reader = new(stream);
        return Preset.Parse(name, reader.ReadToEnd());
    }

    /// <summary>Writes one of the user's. Whoever reads finds the old one or the new one, never a part.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Write(Preset preset)
    {
        string file = FileOf(preset.Name), next = file + ".next";
        Directory.CreateDirectory(folder);
        File.WriteAllText(next, preset.Format());
        File.Move(next, file, overwrite: true);
    }

    /// <summary>Removes one of the user's; the one that camfx brings along under that name, if there is one, counts again.</summary>
    /// <exception cref="CamfxException">It is not the user's, or there is none.</exception>
    public void Remove(string name)
    {
        if (!IsOwn(name))
        {
            throw Shipped.Contains(name, StringComparer.Ordinal)
                ? new CamfxException(ExitCode.NotPermitted, $"The preset '{name}' is part of camfx and stays; save another one under its name to change it.")
                : new CamfxException(ExitCode.NoSuchThing, $"There is no preset '{name}'; there are: {string.Join(", ", Names())}.");
        }

        File.Delete(FileOf(name));
    }

    /// <summary>A name is part of a file's: letters, digits, - and _, no path.</summary>
    private string FileOf(string name) =>
        name.Length is > 0 and <= LongestName && name.All(static character => char.IsLetterOrDigit(character) || character is '-' or '_')
            ? Path.Combine(folder, name + Extension)
            : throw CamfxException.Usage($"'{name}' cannot be a preset's name; it takes 1 to {LongestName} letters, digits, - and _.");
}
