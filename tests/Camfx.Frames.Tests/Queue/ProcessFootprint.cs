namespace Camfx.Frames.Tests.Queue;

/// <summary>What this process holds of the queue's kind: memfds and their mappings.</summary>
internal static class ProcessFootprint
{
    public static (int Descriptors, int Mappings) Now() =>
        (Directory.GetFileSystemEntries("/proc/self/fd").Length,
            File.ReadLines("/proc/self/maps").Count(line => line.Contains("/memfd:camfx", StringComparison.Ordinal)));
}
