using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Camfx.Frames;
using Camfx.Sources;
using Camfx.Sources.Camera;
using Camfx.Sources.PipeWire;
using Camfx.V4L2;

namespace Camfx.Cli;

/// <summary>What <c>camfx source list</c> prints.</summary>
internal static class SourceList
{
    public static string Text(IReadOnlyList<CameraEntry> cameras, IReadOnlyList<NodeEntry> nodes)
    {
        var text = new StringBuilder();
        if (cameras.Count + nodes.Count == 0) text.Append("No camera is plugged in.\n");
        foreach (CameraEntry camera in cameras)
        {
            text.Append($"{camera.Uri}\n  {camera.Node.Card} ({camera.Node.Path}, {camera.Node.Driver}, {camera.Node.BusInfo})\n");
            foreach (IGrouping<uint, ModeRange> format in Readable(camera)) text.Append($"  {FourCC.ToString(format.Key)}: {Sizes(format)}\n");
        }

        foreach (NodeEntry node in nodes) text.Append($"{node.Uri}\n  {node.Title} (PipeWire)\n");
        text.Append('\n');
        foreach (SourceKind kind in SourceKinds.All) text.Append($"{kind.Form}\n  {kind.Description}\n");
        return text.ToString();
    }

    public static string Json(IReadOnlyList<CameraEntry> cameras, IReadOnlyList<NodeEntry> nodes)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("sources");
            foreach (CameraEntry camera in cameras) Write(writer, camera);
            foreach (NodeEntry node in nodes) Write(writer, node);
            writer.WriteEndArray();
            writer.WriteStartArray("kinds");
            foreach (SourceKind kind in SourceKinds.All)
            {
                writer.WriteStartObject();
                writer.WriteString("kind", kind.Scheme);
                writer.WriteString("form", kind.Form);
                writer.WriteString("description", kind.Description);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static IEnumerable<IGrouping<uint, ModeRange>> Readable(CameraEntry camera) => camera.Modes is null
        ? []
        : camera.Modes.Ranges.GroupBy(range => range.Code).Where(format => camera.Modes.Only(format.Key).Best(640, 480, 30) is not null);

    private static string Sizes(IEnumerable<ModeRange> ranges) => string.Join(", ", ranges.Select(range =>
    {
        string size = range.IsDiscrete
            ? $"{range.MinWidth}x{range.MinHeight}"
            : $"{range.MinWidth}x{range.MinHeight} to {range.MaxWidth}x{range.MaxHeight}";
        return range.Rates.Count == 0 ? size : $"{size} at {range.Rates[0]}";
    }));

    private static void Write(Utf8JsonWriter writer, NodeEntry node)
    {
        writer.WriteStartObject();
        writer.WriteString("uri", node.Uri);
        writer.WriteString("name", node.Title);
        writer.WriteString("kind", "pipewire");
        writer.WriteString("node", node.Name);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, CameraEntry camera)
    {
        writer.WriteStartObject();
        writer.WriteString("uri", camera.Uri);
        writer.WriteString("name", camera.Node.Card);
        writer.WriteString("kind", "camera");
        writer.WriteString("path", camera.Node.Path);
        writer.WriteString("id", camera.Node.StableId);
        writer.WriteString("driver", camera.Node.Driver);
        writer.WriteString("bus", camera.Node.BusInfo);
        writer.WriteStartArray("modes");
        foreach (ModeRange range in Readable(camera).SelectMany(format => format))
        {
            writer.WriteStartObject();
            writer.WriteString("format", FourCC.ToString(range.Code));
            writer.WriteNumber("min_width", range.MinWidth);
            writer.WriteNumber("min_height", range.MinHeight);
            writer.WriteNumber("max_width", range.MaxWidth);
            writer.WriteNumber("max_height", range.MaxHeight);
            writer.WriteStartArray("rates");
            foreach (FrameRate rate in range.Rates) writer.WriteNumberValue(Math.Round(rate.PerSecond, 3));
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
