namespace Camfx.Helper.Persistence;

/// <summary>One node of a device.</summary>
/// <param name="Number">N of /dev/videoN; −1: there is no node (the backend none).</param>
/// <param name="Path">What apps open.</param>
/// <param name="WritePath">What the helper opens: the same, but for drivers that have a node for each direction.</param>
/// <param name="Made">Whether the helper made it and so may remove it.</param>
internal sealed record NodeRecord(int Number, string Path, string WritePath, bool Made);
