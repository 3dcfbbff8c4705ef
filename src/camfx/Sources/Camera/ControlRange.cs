using Camfx.V4L2;

namespace Camfx.Sources.Camera;

/// <summary>What values a control takes, in words.</summary>
internal static class ControlRange
{
    public static string Of(VideoControl control) => control.Type switch
    {
        VideoControlType.Button => "no value: setting it does something",
        VideoControlType.Boolean => "on or off",
        VideoControlType.Menu => string.Join(", ", control.Choices.Select(choice => $"{choice.Index} ({choice.Name})")),
        VideoControlType.IntegerMenu => string.Join(", ", control.Choices.Select(choice => $"{choice.Index} (= {choice.Name})")),
        VideoControlType.Bitmask => $"bits of 0x{control.Maximum:x}",
        _ when control.Step > 1 => $"{control.Minimum} to {control.Maximum} in steps of {control.Step}",
        _ => $"{control.Minimum} to {control.Maximum}",
    };

    /// <summary>A value as it is shown: a choice with its name.</summary>
    public static string Shown(VideoControl control, long value) => control.Type switch
    {
        VideoControlType.Boolean => value == 0 ? "off" : "on",
        VideoControlType.Bitmask => $"0x{value:x}",
        _ => control.Choices.FirstOrDefault(choice => choice.Index == value) is { } choice ? $"{value} ({choice.Name})" : $"{value}",
    };
}
