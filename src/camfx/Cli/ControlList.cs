using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Camfx.Sources.Camera;
using Camfx.V4L2;

namespace Camfx.Cli;

/// <summary>A camera's controls as <c>camfx source controls</c> prints them.</summary>
internal static class ControlList
{
    public static string Text(ControlledCamera camera)
    {
        var text = new StringBuilder();
        text.Append($"{camera.Node.Card} ({camera.Node.Path})\n");
        IReadOnlyList<VideoControl> controls = camera.List();
        if (controls.Count == 0) return text.Append("  It has no controls.\n").ToString();
        int width = controls.Max(control => control.Key.Length);
        foreach (VideoControl control in controls)
        {
            string value = camera.Value(control) is { } number ? ControlRange.Shown(control, number) : "–";
            text.Append($"  {control.Key.PadRight(width)}  {value}  [{ControlRange.Of(control)}");
            if (control.Type != VideoControlType.Button) text.Append($"; default {ControlRange.Shown(control, control.Default)}");
            text.Append($"]{Remarks(control)}\n");
        }

        return text.ToString();
    }

    public static string Json(ControlledCamera camera)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("camera", camera.Node.Card);
            writer.WriteString("path", camera.Node.Path);
            writer.WriteString("id", camera.Node.StableId);
            writer.WriteStartArray("controls");
            foreach (VideoControl control in camera.List()) Write(writer, camera, control);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static string Remarks(VideoControl control)
    {
        if (control.Flags.HasFlag(VideoControlFlags.ReadOnly)) return " read only";
        if (control.Flags.HasFlag(VideoControlFlags.Grabbed)) return " in use";
        return control.Flags.HasFlag(VideoControlFlags.Inactive) ? " without effect now" : "";
    }

    private static void Write(Utf8JsonWriter writer, ControlledCamera camera, VideoControl control)
    {
        writer.WriteStartObject();
        writer.WriteString("key", control.Key);
        writer.WriteString("name", control.Name);
        writer.WriteString("type", control.Type.ToString().ToLowerInvariant());
        if (camera.Value(control) is { } value) writer.WriteNumber("value", value);
        else writer.WriteNull("value");
        if (control.Type != VideoControlType.Button)
        {
            writer.WriteNumber("default", control.Default);
            writer.WriteNumber("minimum", control.Minimum);
            writer.WriteNumber("maximum", control.Maximum);
            writer.WriteNumber("step", control.Step);
        }

        writer.WriteStartArray("choices");
        foreach (VideoControlChoice choice in control.Choices)
        {
            writer.WriteStartObject();
            writer.WriteNumber("value", choice.Index);
            writer.WriteString("name", choice.Name);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("read_only", control.Flags.HasFlag(VideoControlFlags.ReadOnly));
        writer.WriteBoolean("inactive", control.Flags.HasFlag(VideoControlFlags.Inactive));
        writer.WriteEndObject();
    }
}
