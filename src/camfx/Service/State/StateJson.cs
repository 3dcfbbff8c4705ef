using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Camfx.Configuration;

namespace Camfx.Service.State;

/// <summary>The state as JSON, by hand: a serializer would compile its code when the service starts. People may read and mend the file.</summary>
internal static class StateJson
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(ServiceState state)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, s_options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", ServiceState.CurrentVersion);
            json.WriteStartArray("cameras");
            foreach (CameraRecord camera in state.Cameras) Write(json, camera);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.Write("\n"u8);
        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="Write(ServiceState)"/> wrote.</summary>
    /// <returns>Null: it is of another version.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="FormatException">A number is none that can be.</exception>
    /// <exception cref="InvalidOperationException">A value is of another type.</exception>
    /// <exception cref="KeyNotFoundException">A value is missing.</exception>
    /// <exception cref="CamfxException">A name, size or rate cannot be.</exception>
    public static ServiceState? Read(byte[] text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement root = document.RootElement;
        if (root.GetProperty("version").GetInt32() != ServiceState.CurrentVersion) return null;
        var cameras = ImmutableArray.CreateBuilder<CameraRecord>();
        foreach (JsonElement camera in root.GetProperty("cameras").EnumerateArray()) cameras.Add(ReadCamera(camera));
        if (cameras.Select(camera => camera.Id).Distinct(StringComparer.Ordinal).Count() != cameras.Count)
            throw new FormatException("Two cameras have the same id.");
        return new ServiceState(cameras.DrainToImmutable());
    }

    private static void Write(Utf8JsonWriter json, CameraRecord camera)
    {
        json.WriteStartObject();
        json.WriteString("id", camera.Id);
        json.WriteString("name", camera.Name);
        json.WriteString("source", camera.Source);
        json.WriteString("size", $"{camera.Mode.Width}x{camera.Mode.Height}");
        json.WriteString("fps", $"{camera.Mode.FrameRate.Numerator}/{camera.Mode.FrameRate.Denominator}");
        json.WriteString("idle", camera.Idle.Word());
        json.WriteBoolean("enabled", camera.Enabled);
        json.WriteStartArray("outputs");
        foreach (string output in camera.Outputs) json.WriteStringValue(output);
        json.WriteEndArray();
        json.WriteNumber("nextEffect", camera.NextEffect);
        json.WriteStartArray("effects");
        foreach (EffectSetting effect in camera.Effects)
        {
            json.WriteStartObject();
            json.WriteString("id", effect.Id);
            json.WriteString("kind", effect.Kind);
            json.WriteBoolean("enabled", effect.Enabled);
            json.WriteStartObject("parameters");
            foreach ((string key, string value) in effect.Parameters) json.WriteString(key, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static CameraRecord ReadCamera(JsonElement camera)
    {
        (int width, int height) = CameraMode.ParseSize(Text(camera, "size"));
        string id = Text(camera, "id");
        return new CameraRecord
        {
            Id = ServicePaths.IsId(id) ? id : throw new FormatException($"'{id}' can be no camera's id."),
            Name = CameraName.Check(Text(camera, "name")),
            Source = Text(camera, "source"),
            Mode = new CameraMode(width, height, FrameRate.Parse(Text(camera, "fps"))),
            Idle = IdleModeWords.Parse(Text(camera, "idle")),
            Enabled = camera.GetProperty("enabled").GetBoolean(),
            Outputs = [.. camera.GetProperty("outputs").EnumerateArray().Select(word => word.GetString() ?? throw new FormatException("An output is null."))],
            NextEffect = camera.GetProperty("nextEffect").GetInt32(),
            Effects = [.. camera.GetProperty("effects").EnumerateArray().Select(ReadEffect)],
        };
    }

    private static EffectSetting ReadEffect(JsonElement effect) => new(
        Text(effect, "id"), Text(effect, "kind"),
        effect.GetProperty("parameters").EnumerateObject().ToImmutableSortedDictionary(
            parameter => parameter.Name, parameter => parameter.Value.GetString() ?? throw new FormatException("A parameter is null."), StringComparer.Ordinal),
        effect.GetProperty("enabled").GetBoolean());

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");
}
