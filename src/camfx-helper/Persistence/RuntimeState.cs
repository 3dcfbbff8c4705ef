namespace Camfx.Helper.Persistence;

/// <summary>Everything the next process must know to go on where this one was killed. Descriptors lie in the service manager's store, by name.</summary>
internal sealed record RuntimeState
{
    /// <summary>The form of this record.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The number of the next device: no object path is used twice.</summary>
    public int NextId { get; init; }

    public IReadOnlyList<DeviceRecord> Devices { get; init; } = [];
}
