namespace Camfx.Frames.Torture;

/// <summary>What a process holds of the queue's kind, seen from outside.</summary>
/// <param name="Queues">Mappings of queues' memory.</param>
/// <param name="Pages">Mappings of control pages.</param>
/// <param name="Memory">Descriptors of queues' memory.</param>
/// <param name="Controls">Descriptors of control pages.</param>
/// <param name="Sockets">Sockets.</param>
internal readonly record struct Footprint(int Queues, int Pages, int Memory, int Controls, int Sockets)
{
    public static Footprint Of(int process)
    {
        string[] mappings = File.ReadAllLines($"/proc/{process}/maps");
        string?[] descriptors = [.. Directory.GetFiles($"/proc/{process}/fd").Select(Target)];
        return new Footprint(
            mappings.Count(line => line.Contains("/memfd:camfx-queue", StringComparison.Ordinal)),
            mappings.Count(line => line.Contains("/memfd:camfx-control", StringComparison.Ordinal)),
            descriptors.Count(target => target?.StartsWith("/memfd:camfx-queue", StringComparison.Ordinal) == true),
            descriptors.Count(target => target?.StartsWith("/memfd:camfx-control", StringComparison.Ordinal) == true),
            descriptors.Count(target => target?.StartsWith("socket:", StringComparison.Ordinal) == true));
    }

    private static string? Target(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (IOException)
        {
            // Closed between the listing and now.
            return null;
        }
    }
}
