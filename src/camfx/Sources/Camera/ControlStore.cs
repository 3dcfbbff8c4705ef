using System.Text.Json;
using Camfx.Configuration;
using Camfx.V4L2;

namespace Camfx.Sources.Camera;

/// <summary>
/// What the user has set of each camera's controls, kept from one run to the next: one file a camera,
/// <c>$XDG_STATE_HOME/camfx/controls/ID.json</c>, where ID is what stays the same when the camera is plugged in elsewhere. A camera forgets its
/// settings when it is unplugged; they are set again whenever camfx opens it.
/// </summary>
/// <remarks>Thread-safe; of two programs that save at once, one wins as a whole.</remarks>
internal sealed class ControlStore(Func<string> folder)
{
    private const int MostBytes = 64 * 1024;

    /// <summary>The user's.</summary>
    public static ControlStore OfUser() => new(static () => Path.Combine(StateFolder.Path, "controls"));

    /// <summary>What was saved for a camera; empty where nothing was, or where it cannot be read: a camera works without.</summary>
    public IReadOnlyDictionary<string, long> Load(VideoNode node)
    {
        try
        {
            string path = PathOf(node);
            if (!System.IO.File.Exists(path) || new FileInfo(path).Length > MostBytes) return new Dictionary<string, long>();
            using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(path));
            var values = new Dictionary<string, long>(StringComparer.Ordinal);
            if (!document.RootElement.TryGetProperty("controls", out JsonElement controls) || controls.ValueKind != JsonValueKind.Object) return values;
            foreach (JsonProperty control in controls.EnumerateObject())
                if (control.Value.ValueKind == JsonValueKind.Number && control.Value.TryGetInt64(out long value)) values[control.Name] = value;
            return values;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or CamfxException)
        {
            return new Dictionary<string, long>();
        }
    }

    /// <summary>Adds to what is saved for a camera.</summary>
    /// <exception cref="CamfxException">The file cannot be written.</exception>
    public void Save(VideoNode node, IReadOnlyDictionary<string, long> values)
    {
        var all = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach ((string key, long value) in Load(node)) all[key] = value;
        foreach ((string key, long value) in values) all[key] = value;
        Write(PathOf(node), Text(node, all));
    }

    /// <summary>Forgets what is saved for a camera.</summary>
    /// <exception cref="CamfxException">The file cannot be removed.</exception>
    public void Forget(VideoNode node)
    {
        string path = PathOf(node);
        try
        {
            if (System.IO.File.Exists(path)) System.IO.File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CamfxException(ExitCode.Failed, $"The saved controls '{path}' cannot be removed: {failure.Message}", failure);
        }
    }

    private string PathOf(VideoNode node) => Path.Combine(folder(), Uri.EscapeDataString(node.StableId) + ".json");

    private static byte[] Text(VideoNode node, SortedDictionary<string, long> values)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("camera", node.Card);
            writer.WriteStartObject("controls");
            foreach ((string key, long value) in values) writer.WriteNumber(key, value);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        stream.Write("\n"u8);
        return stream.ToArray();
    }

    /// <summary>Whoever reads sees the old file or the new one, never half of one.</summary>
    private static void Write(string path, byte[] text)
    {
        string unfinished = $"{path}.{Environment.ProcessId}.new";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            System.IO.File.WriteAllBytes(unfinished, text);
            System.IO.File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CamfxException(ExitCode.Failed, $"The controls cannot be saved in '{path}': {failure.Message}", failure);
        }
    }
}
