namespace Camfx.V4L2;

/// <summary>A device in akvcam's configuration.</summary>
/// <param name="Index">Its number in the file, from 1.</param>
/// <param name="IsOutput">Whether frames go in; else they come out.</param>
/// <param name="Description">Its name.</param>
/// <param name="Modes">The memory types it offers.</param>
/// <param name="Formats">Its formats, the first is the default.</param>
/// <param name="Number">N of /dev/videoN; −1: the first free one.</param>
public sealed record AkvcamCamera(
    int Index, bool IsOutput, string Description, IReadOnlyList<MemoryType> Modes, IReadOnlyList<AkvcamFormat> Formats, int Number = -1);
