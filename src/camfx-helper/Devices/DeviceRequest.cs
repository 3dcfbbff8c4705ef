namespace Camfx.Helper.Devices;

/// <summary>What a caller of CreateDevice wants; checked.</summary>
/// <param name="Label">The name apps show.</param>
/// <param name="Backend">Which way; null: the first that there is.</param>
/// <param name="Mode">What it shows.</param>
/// <param name="Number">N of its first /dev/videoN; null: any.</param>
/// <param name="Readers">Nodes that show the same picture.</param>
internal sealed record DeviceRequest(string Label, string? Backend, DeviceMode Mode, int? Number, int Readers);
