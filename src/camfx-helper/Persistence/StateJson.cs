using System.Text.Json;
using Camfx.Helper.Devices;

namespace Camfx.Helper.Persistence;

/// <summary>The state as JSON, by hand: the serializer compiles half a second's worth of code when the helper starts, and it is to be back at once.</summary>
internal static class StateJson
{
    public static byte[] Write(RuntimeState state)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("version", RuntimeState.CurrentVersion);
            json.WriteNumber("nextId", state.NextId);
            json.WriteStartArray("devices");
            foreach (DeviceRecord device in state.Devices) Write(json, device);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="Write(RuntimeState)"/> wrote.</summary>
    /// <returns>Null: it is of another version.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="FormatException">A number is none that can be.</exception>
    /// <exception cref="InvalidOperationException">A value is of another type.</exception>
    /// <exception cref="KeyNotFoundException">A value is missing.</exception>
    public static RuntimeState? Read(byte[] text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement root = document.RootElement;
        if (root.GetProperty("version").GetInt32() != RuntimeState.CurrentVersion) return null;
        List<DeviceRecord> devices = [];
        foreach (JsonElement device in root.GetProperty("devices").EnumerateArray()) devices.Add(ReadDevice(device));
        return new RuntimeState { NextId = root.GetProperty("nextId").GetInt32(), Devices = devices };
    }

    private static void Write(Utf8JsonWriter json, DeviceRecord device)
    {
        json.WriteStartObject();
        json.WriteNumber("id", device.Id);
        json.WriteString("label", device.Label);
        json.WriteString("backend", device.Backend);
        json.WriteNumber("owner", device.Owner);
        json.WriteNumber("phase", (int)device.Phase);
        json.WriteNumber("width", device.Mode.Width);
        json.WriteNumber("height", device.Mode.Height);
        json.WriteString("format", device.Mode.FourCC);
        json.WriteNumber("frameRate", device.Mode.FrameRate);
        if (device.AttachedBy is not null) json.WriteString("attachedBy", device.AttachedBy);
        json.WriteNumber("dmaBufs", device.DmaBufs);
        json.WriteNumber("memory", (int)device.Memory);
        json.WriteStartArray("nodes");
        foreach (NodeRecord node in device.Nodes)
        {
            json.WriteStartObject();
            json.WriteNumber("number", node.Number);
            json.WriteString("path", node.Path);
            json.WriteString("writePath", node.WritePath);
            json.WriteBoolean("made", node.Made);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static DeviceRecord ReadDevice(JsonElement device)
    {
        List<NodeRecord> nodes = [];
        foreach (JsonElement node in device.GetProperty("nodes").EnumerateArray())
            nodes.Add(new NodeRecord(node.GetProperty("number").GetInt32(), Text(node, "path"), Text(node, "writePath"), node.GetProperty("made").GetBoolean()));
        return new DeviceRecord
        {
            Id = device.GetProperty("id").GetInt32(),
            Label = Text(device, "label"),
            Backend = Text(device, "backend"),
            Owner = device.GetProperty("owner").GetUInt32(),
            Phase = (DevicePhase)device.GetProperty("phase").GetInt32(),
            Mode = new DeviceMode(
                device.GetProperty("width").GetInt32(), device.GetProperty("height").GetInt32(), Text(device, "format"), device.GetProperty("frameRate").GetDouble()),
            AttachedBy = device.TryGetProperty("attachedBy", out JsonElement name) ? name.GetString() : null,
            DmaBufs = device.GetProperty("dmaBufs").GetInt32(),
            Memory = (MemoryWish)device.GetProperty("memory").GetInt32(),
            Nodes = nodes,
        };
    }

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");
}
