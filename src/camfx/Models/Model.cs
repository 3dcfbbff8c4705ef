namespace Camfx.Models;

/// <summary>A model that is on this machine.</summary>
/// <param name="Name">What it is called: its file's name without <c>.onnx</c>.</param>
/// <param name="Path">Its file.</param>
/// <param name="ManifestPath">The manifest beside it; null: there is none.</param>
internal sealed record Model(string Name, string Path, string? ManifestPath)
{
    private const string Extension = ".onnx";

    /// <summary>Where its description comes from, in words.</summary>
    public string Origin => ManifestPath ?? (KnownModels.NameOfFile(Path) is { } known ? $"camfx's own, {known}" : "none");

    /// <summary>How it is fed: the manifest beside it, else the one that camfx brings for it, else a guess.</summary>
    /// <exception cref="CamfxException">The manifest beside it is none.</exception>
    public ModelManifest ReadManifest()
    {
        if (ManifestPath is not null) return ManifestJson.Read(File.ReadAllBytes(ManifestPath), ManifestPath);
        return KnownModels.NameOfFile(Path) is { } known ? KnownModels.All[known] : ModelManifest.Guess;
    }

    /// <summary>The model of a file.</summary>
    public static Model OfFile(string path)
    {
        string manifest = System.IO.Path.ChangeExtension(path, ".json");
        return new Model(System.IO.Path.GetFileNameWithoutExtension(path), path, File.Exists(manifest) ? manifest : null);
    }

    /// <summary>The models of a folder, by name; none where it is not there.</summary>
    public static IEnumerable<Model> InFolder(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, $"*{Extension}").Order(StringComparer.Ordinal).Select(OfFile)
        : [];

    /// <summary>The model that a user means.</summary>
    /// <param name="nameOrPath">A path when it has a slash or ends in <c>.onnx</c>, else a name.</param>
    /// <param name="folders">Where names are looked for.</param>
    /// <exception cref="CamfxException">There is none; the message says where to get one.</exception>
    public static Model Find(string nameOrPath, IReadOnlyList<string> folders)
    {
        if (nameOrPath.Contains('/', StringComparison.Ordinal) || nameOrPath.EndsWith(Extension, StringComparison.Ordinal))
        {
            return File.Exists(nameOrPath)
                ? OfFile(System.IO.Path.GetFullPath(nameOrPath))
                : throw new CamfxException(ExitCode.NoSuchThing, $"The model '{nameOrPath}' does not exist; check the path.");
        }

        return folders.SelectMany(InFolder).FirstOrDefault(model => model.Name == nameOrPath) ?? throw Missing(nameOrPath);
    }

    private static CamfxException Missing(string name) => new(
        ExitCode.NoSuchThing,
        KnownModels.All.TryGetValue(name, out ModelManifest? known)
            ? $"The model '{name}' is not installed; get {known.File ?? "its file"} from {known.Page} and run 'camfx model add FILE --name {name}'."
            : $"There is no model '{name}'; 'camfx model list' shows those that are there or known, and 'camfx model add FILE' adds one.");
}
