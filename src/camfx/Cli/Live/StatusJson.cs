using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Camfx.DBus;
using Camfx.DBus.Interfaces;

namespace Camfx.Cli.Live;

/// <summary>The running cameras for a program. Keys are only ever added.</summary>
internal static class StatusJson
{
    /// <summary>Everything, for <c>status</c>.</summary>
    public static string Of(string version, uint process, IReadOnlyList<CameraView> cameras) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("version", version);
        json.WriteNumber("pid", process);
        json.WritePropertyName("cameras");
        WriteAll(json, cameras);
        json.WriteEndObject();
    });

    /// <summary>The cameras alone.</summary>
    public static string OfCameras(IReadOnlyList<CameraView> cameras) => Write(json => WriteAll(json, cameras));

    /// <summary>The cameras alone, as one line.</summary>
    public static string LineOf(IReadOnlyList<CameraView> cameras) => Write(json => WriteAll(json, cameras), indented: false);

    /// <summary>A camera's effects alone.</summary>
    public static string OfEffects(IReadOnlyList<Effect1Proxy> effects) => Write(json => WriteEffects(json, effects));

    private static string Write(Action<Utf8JsonWriter> write, bool indented = true)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) write(json);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteAll(Utf8JsonWriter json, IReadOnlyList<CameraView> cameras)
    {
        json.WriteStartArray();
        foreach (CameraView camera in cameras) WriteCamera(json, camera);
        json.WriteEndArray();
    }

    private static void WriteCamera(Utf8JsonWriter json, CameraView view)
    {
        Camera1Proxy camera = view.Camera;
        json.WriteStartObject();
        json.WriteString("id", view.Id);
        json.WriteString("name", camera.Name);
        json.WriteString("source", camera.Source);
        json.WriteNumber("width", camera.Width);
        json.WriteNumber("height", camera.Height);
        json.WriteNumber("fps", camera.FrameRate);
        json.WriteString("idle", camera.Idle);
        json.WriteBoolean("enabled", camera.Enabled);
        json.WriteString("state", camera.State);
        json.WriteString("reason", camera.StateReason);
        json.WriteStartArray("consumers");
        foreach ((string output, string application, uint process) in camera.Consumers)
        {
            json.WriteStartObject();
            json.WriteString("output", output);
            json.WriteString("application", application);
            json.WriteNumber("pid", process);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("outputs");
        foreach (Output1Proxy output in view.Outputs)
        {
            json.WriteStartObject();
            json.WriteString("kind", output.Kind);
            json.WriteString("state", output.State);
            json.WriteString("problem", output.Problem);
            json.WriteString("format", output.Format);
            json.WriteString("target", output.Target);
            json.WriteBoolean("watched", output.Watched);
            json.WriteString("object", output.ObjectPath.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("effects");
        WriteEffects(json, view.Effects);
        json.WriteStartObject("statistics");
        foreach ((string name, Variant value) in camera.Statistics.OrderBy(static pair => pair.Key, StringComparer.Ordinal)) WriteValue(json, name.Replace('-', '_'), value);
        json.WriteEndObject();
        json.WriteString("object", camera.ObjectPath.Text);
        json.WriteEndObject();
    }

    private static void WriteEffects(Utf8JsonWriter json, IReadOnlyList<Effect1Proxy> effects)
    {
        json.WriteStartArray();
        foreach (Effect1Proxy effect in effects)
        {
            json.WriteStartObject();
            json.WriteString("id", CameraView.NumberOf(effect));
            json.WriteString("kind", effect.Kind);
            json.WriteBoolean("enabled", effect.Enabled);
            json.WriteString("problem", effect.Problem);
            json.WriteNumber("cost_ms", Math.Round(effect.Cost, 3));
            json.WriteStartObject("parameters");
            foreach ((string key, Variant value) in effect.Parameters.OrderBy(static pair => pair.Key, StringComparer.Ordinal)) WriteValue(json, key, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, Variant value)
    {
        switch (value.Value)
        {
            case ulong count: json.WriteNumber(name, count); break;
            case double measure: json.WriteNumber(name, Math.Round(measure, 3)); break;
            case string text: json.WriteString(name, text); break;
            default: break; // Of a later version.
        }
    }
}
