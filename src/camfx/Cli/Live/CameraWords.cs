using Camfx.Configuration;
using Camfx.DBus;
using Camfx.DBus.Interfaces;

namespace Camfx.Cli.Live;

/// <summary>KEY=VALUE of <c>camfx camera add</c> and <c>set</c>.</summary>
internal sealed class CameraWords
{
    public static readonly string[] Keys = ["name", "source", "size", "fps", "idle", "enabled", "outputs", "when"];

    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);

    /// <summary>Another name; null: none was given.</summary>
    public string? Name => _words.GetValueOrDefault("name");

    /// <summary>Reads them.</summary>
    /// <exception cref="CamfxException">A word is not KEY=VALUE, or a key is unknown or given twice.</exception>
    public static CameraWords Parse(string[] words)
    {
        CameraWords read = new();
        foreach (string word in words)
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? word : word[..equals];
            if (equals <= 0 || !Keys.Contains(key, StringComparer.Ordinal))
                throw CamfxException.Usage($"'{word}' is not understood here; write KEY=VALUE, where KEY is one of: {string.Join(", ", Keys)}.");
            if (!read._words.TryAdd(key, word[(equals + 1)..])) throw CamfxException.Usage($"'{key}' is given twice.");
        }

        return read;
    }

    /// <summary>The options of CreateCamera.</summary>
    /// <exception cref="CamfxException">A value cannot be.</exception>
    public IReadOnlyDictionary<string, Variant> ForNew()
    {
        Dictionary<string, Variant> options = new(StringComparer.Ordinal);
        if (_words.TryGetValue("source", out string? source)) options["source"] = FilePaths.OfSource(source);
        if (_words.TryGetValue("size", out string? size))
        {
            (int width, int height) = CameraMode.ParseSize(size);
            options["width"] = (uint)width;
            options["height"] = (uint)height;
        }

        if (_words.TryGetValue("fps", out string? rate)) options["fps"] = FrameRate.Parse(rate).PerSecond;
        if (_words.TryGetValue("idle", out string? idle)) options["idle"] = idle;
        if (_words.TryGetValue("enabled", out string? enabled)) options["enabled"] = Switch(enabled);
        if (_words.TryGetValue("outputs", out string? outputs)) options["outputs"] = Variant.Of(BusType.Array(BusType.String), Outputs(outputs));
        return options;
    }

    /// <summary>Changes a camera, one property after the other; the first that is refused ends it.</summary>
    /// <exception cref="CamfxException">A value cannot be.</exception>
    /// <exception cref="BusException">The service refused.</exception>
    public void Apply(CameraView view)
    {
        Camera1Proxy camera = view.Camera;
        IReadOnlyDictionary<string, Variant> wishes = ForNew();
        if (_words.ContainsKey("size") || _words.ContainsKey("fps"))
        {
            uint width = wishes.GetValueOrDefault("width")?.Value as uint? ?? camera.Width, height = wishes.GetValueOrDefault("height")?.Value as uint? ?? camera.Height;
            double rate = wishes.GetValueOrDefault("fps")?.Value as double? ?? camera.FrameRate;
            camera.SetMode(width, height, rate, new Dictionary<string, Variant> { ["when"] = _words.GetValueOrDefault("when", "now") });
        }

        if (_words.TryGetValue("source", out string? source)) camera.SetSource(FilePaths.OfSource(source));
        if (_words.TryGetValue("idle", out string? idle)) camera.SetIdle(idle);
        if (_words.TryGetValue("enabled", out string? enabled)) camera.SetEnabled(Switch(enabled));
        if (_words.TryGetValue("outputs", out string? outputs)) ChangeOutputs(view, Outputs(outputs));
        if (Name is { } name) camera.SetName(name);
    }

    private static void ChangeOutputs(CameraView view, string[] wanted)
    {
        HashSet<string> kinds = [.. wanted.Select(static word => word.Split(':')[0])];
        if (kinds.Contains("auto")) throw CamfxException.Usage("A camera that runs cannot be given 'auto'; name its outputs: pipewire, device, queue.");
        foreach (Output1Proxy output in view.Outputs)
            if (!kinds.Contains(output.Kind)) output.Remove();
        foreach (string word in wanted)
            if (!view.Outputs.Any(output => output.Kind == word.Split(':')[0])) view.Camera.AddOutput(word);
    }

    private static string[] Outputs(string text) => text.Split('+', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool Switch(string word) => word switch
    {
        "on" or "1" or "true" or "yes" => true,
        "off" or "0" or "false" or "no" => false,
        _ => throw CamfxException.Usage($"enabled cannot be '{word}'; it is on or off."),
    };
}
