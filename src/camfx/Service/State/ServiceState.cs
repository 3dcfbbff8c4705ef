using System.Collections.Immutable;

namespace Camfx.Service.State;

/// <summary>Everything that is kept from one run to the next.</summary>
/// <param name="Cameras">The oldest first.</param>
internal sealed record ServiceState(ImmutableArray<CameraRecord> Cameras)
{
    /// <summary>The form of the file.</summary>
    public const int CurrentVersion = 1;

    /// <summary>What somebody has who has never changed anything.</summary>
    public static ServiceState Default { get; } = new([CameraRecord.Default]);
}
