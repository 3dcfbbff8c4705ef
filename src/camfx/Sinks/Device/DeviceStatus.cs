using System.Collections.Immutable;

namespace Camfx.Sinks.Device;

/// <summary>What the output's thread tells everybody else.</summary>
/// <param name="State">What it does.</param>
/// <param name="Problem">What keeps consumers from the device, in one sentence; null when nothing does.</param>
/// <param name="Node">The device's first node, e.g. /dev/video63; empty when there is none.</param>
/// <param name="Memory">How frames reach it, as the helper says.</param>
/// <param name="Consumers">Who watches.</param>
/// <param name="Failure">With <see cref="DeviceState.Refused"/>: why, with its exit code.</param>
internal sealed record DeviceStatus(
    DeviceState State, string? Problem, string Node, string Memory, ImmutableArray<Consumer> Consumers, CamfxException? Failure)
{
    public static DeviceStatus Begin { get; } = new(DeviceState.Connecting, null, "", "", [], null);
}
