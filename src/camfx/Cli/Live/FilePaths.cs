using Camfx.Configuration;
using Camfx.Sources;

namespace Camfx.Cli.Live;

/// <summary>File names that a user typed in a folder, as the service needs them, which runs in another.</summary>
internal static class FilePaths
{
    private static readonly string[] s_keys = ["path", "file", "image", "model"];

    /// <summary>A source's URI with its file named from the root.</summary>
    /// <exception cref="CamfxException">It is no URI.</exception>
    public static string OfSource(string uri)
    {
        var parsed = SourceUri.Parse(uri);
        if (parsed.Scheme is not ("file" or "image") || parsed.Path.Length == 0 || Path.IsPathRooted(parsed.Path)) return uri;
        string path = Path.GetFullPath(parsed.Path).Replace("?", "%3F", StringComparison.Ordinal);
        int question = uri.IndexOf('?', StringComparison.Ordinal);
        return $"{parsed.Scheme}:{path}{(question < 0 ? "" : uri[question..])}";
    }

    /// <summary>An effect with its files named from the root.</summary>
    public static EffectSetting OfEffect(EffectSetting effect)
    {
        foreach (string key in s_keys)
        {
            if (effect.Parameters.TryGetValue(key, out string? value) && !Path.IsPathRooted(value) && File.Exists(value))
                effect = effect with { Parameters = effect.Parameters.SetItem(key, Path.GetFullPath(value)) };
        }

        return effect;
    }
}
