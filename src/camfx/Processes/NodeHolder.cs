namespace Camfx.Processes;

/// <summary>A process that has a device's node open.</summary>
/// <param name="ProcessId">Its number.</param>
/// <param name="Name">Its name, as the kernel keeps it.</param>
/// <param name="HasMapped">Whether it has the device's buffers mapped: it streams, and did not only look.</param>
internal readonly record struct NodeHolder(int ProcessId, string Name, bool HasMapped);
