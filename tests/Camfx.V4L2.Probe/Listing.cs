using System.Text.Json;
using Camfx.Frames;

namespace Camfx.V4L2.Probe;

/// <summary>What there is.</summary>
internal static class Listing
{
    internal static bool Nodes(Utf8JsonWriter json)
    {
        json.WriteStartArray("nodes");
        foreach (VideoNode node in VideoNodes.List())
        {
            json.WriteStartObject();
            json.WriteString("path", node.Path);
            json.WriteString("driver", node.Driver);
            json.WriteString("card", node.Card);
            json.WriteString("bus", node.BusInfo);
            json.WriteString("id", node.StableId);
            json.WriteString("capabilities", node.Capabilities.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return true;
    }

    internal static bool Modes(Utf8JsonWriter json, string path)
    {
        using VideoFile file = VideoFile.Open(path);
        VideoNode node = VideoNode.Query(file);
        VideoModes modes = VideoModes.List(file, output: !node.IsCapture);
        json.WriteStartArray("modes");
        foreach (ModeRange range in modes.Ranges)
        {
            string size = range.IsDiscrete ? $"{range.MinWidth}x{range.MinHeight}" : $"{range.MinWidth}x{range.MinHeight}-{range.MaxWidth}x{range.MaxHeight}";
            json.WriteStringValue($"{FourCC.ToString(range.Code)} {size} {string.Join(range.AnyRate ? "-" : ",", range.Rates)}");
        }

        json.WriteEndArray();
        json.WriteString("best720p30", modes.Best(1280, 720, 30)?.ToString());
        return modes.Ranges.Count > 0;
    }

    internal static bool Controls(Utf8JsonWriter json, string path)
    {
        using VideoFile file = VideoFile.Open(path);
        var controls = new VideoControls(file);
        IReadOnlyList<VideoControl> all = controls.List();
        json.WriteStartArray("controls");
        foreach (VideoControl control in all)
        {
            json.WriteStartObject();
            json.WriteString("key", control.Key);
            json.WriteString("type", control.Type.ToString());
            json.WriteString("range", $"{control.Minimum}..{control.Maximum} step {control.Step} default {control.Default}");
            json.WriteString("flags", control.Flags.ToString());
            if (control.IsSetting) json.WriteNumber("value", controls.Get(control));
            if (control.Choices.Count > 0) json.WriteString("choices", string.Join(" | ", control.Choices.Select(choice => $"{choice.Index} {choice.Name}")));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return all.Count > 0 && RoundTrip(json, controls, all);
    }

    // One setting there and back, and everything as it was saved.
    private static bool RoundTrip(Utf8JsonWriter json, VideoControls controls, IReadOnlyList<VideoControl> all)
    {
        VideoControl? control = all.FirstOrDefault(one => one is { Key: "brightness", IsSetting: true });
        if (control is null) return true;
        IReadOnlyDictionary<string, long> before = controls.Save();
        controls.Set(control, control.Maximum);
        bool set = controls.Get(control) == control.Maximum;
        controls.Reset(control);
        bool reset = controls.Get(control) == control.Default;
        IReadOnlyList<string> refused = controls.Restore(before);
        json.WriteString("refused", string.Join(", ", refused));
        bool restored = controls.Save().All(pair => !before.ContainsKey(pair.Key) || before[pair.Key] == pair.Value || refused.Contains(pair.Key));
        json.WriteString("roundTrip", $"set {set}, reset {reset}, restored {restored}");
        return set && reset && restored;
    }
}
