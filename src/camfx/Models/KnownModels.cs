using System.Collections.Immutable;

namespace Camfx.Models;

/// <summary>The networks whose manifests camfx brings: data/models, which are part of the program.</summary>
internal static class KnownModels
{
    private const string Folder = "models/";

    /// <summary>Names and manifests, in the order of the names.</summary>
    public static ImmutableSortedDictionary<string, ModelManifest> All { get; } = Read();

    /// <summary>The known model whose file is called like this one, or that it is named after; null: none.</summary>
    public static string? NameOfFile(string path)
    {
        string stem = Path.GetFileNameWithoutExtension(path), file = Path.GetFileName(path);
        return All.ContainsKey(stem) ? stem : All.FirstOrDefault(pair => pair.Value.File == file).Key;
    }

    /// <summary>The manifest of a known model as it was written.</summary>
    public static byte[] Text(string name)
    {
        using Stream stream = typeof(KnownModels).Assembly.GetManifestResourceStream($"{Folder}{name}.json")!;
        byte[] text = new byte[stream.Length];
        stream.ReadExactly(text);
        return text;
    }

    private static ImmutableSortedDictionary<string, ModelManifest> Read() =>
        typeof(KnownModels).Assembly.GetManifestResourceNames()
            .Where(static resource => resource.StartsWith(Folder, StringComparison.Ordinal))
            .Select(static resource => resource[Folder.Length..^".json".Length])
            .ToImmutableSortedDictionary(static name => name, static name => ManifestJson.Read(Text(name), $"{name}.json"), StringComparer.Ordinal);
}
