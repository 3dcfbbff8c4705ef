using System.Globalization;
using System.Text;
using System.Text.Json;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Devices;

namespace Camfx.Cli;

/// <summary>Devices as a table and as JSON.</summary>
internal static class DeviceListing
{
    private static readonly string[] s_heads = ["NODE", "LABEL", "SIZE", "FPS", "FORMAT", "BACKEND", "MEMORY", "STATE", "OWNER"];

    public static string Text(IReadOnlyList<Device1Proxy> devices)
    {
        StringBuilder text = new(TextTable.Of(s_heads, devices.Select(Row), "There are no devices; 'camfx device add' makes one."));
        foreach (Device1Proxy device in devices)
        {
            if (device.StateReason.Length > 0 && device.State == "failed") text.Append($"{NodeOf(device)}: {device.StateReason}\n");
            if (DeviceUse.WhyBusy(device) is { } busy) text.Append(busy).Append('\n');
        }

        return text.ToString();
    }

    public static string Json(IReadOnlyList<Device1Proxy> devices)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartArray();
            foreach (Device1Proxy device in devices) Write(writer, device);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static string[] Row(Device1Proxy device) =>
    [
        NodeOf(device), device.Label, $"{device.Width}x{device.Height}", device.FrameRate.ToString("0.###", CultureInfo.InvariantCulture), device.Format,
        device.Backend, device.Memory.Split(':')[0], device.Watched ? $"{device.State}, watched" : device.State, $"{device.Owner}",
    ];

    private static string NodeOf(Device1Proxy device) => device.Paths.Length > 0 ? string.Join(',', device.Paths) : "-";

    private static void Write(Utf8JsonWriter writer, Device1Proxy device)
    {
        writer.WriteStartObject();
        writer.WriteString("node", device.Path);
        writer.WriteStartArray("nodes");
        foreach (string node in device.Paths) writer.WriteStringValue(node);
        writer.WriteEndArray();
        writer.WriteString("label", device.Label);
        writer.WriteNumber("width", device.Width);
        writer.WriteNumber("height", device.Height);
        writer.WriteNumber("fps", device.FrameRate);
        writer.WriteString("format", device.Format);
        writer.WriteString("backend", device.Backend);
        writer.WriteString("memory", device.Memory);
        writer.WriteString("state", device.State);
        writer.WriteString("reason", device.StateReason);
        writer.WriteBoolean("watched", device.Watched);
        writer.WriteString("busy", DeviceUse.WhyBusy(device));
        writer.WriteNumber("owner", device.Owner);
        writer.WriteString("object", device.ObjectPath.Text);
        writer.WriteStartObject("statistics");
        foreach ((string name, Variant value) in device.Statistics.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            if (value.Value is ulong count) writer.WriteNumber(name, count);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
