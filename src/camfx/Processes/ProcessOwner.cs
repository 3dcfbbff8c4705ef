using System.Globalization;

namespace Camfx.Processes;

/// <summary>Whose process this is.</summary>
internal static class ProcessOwner
{
    /// <summary>The effective user id (the second number of Uid in /proc/self/status, proc(5)).</summary>
    public static uint UserId { get; } = Read();

    private static uint Read()
    {
        string line = File.ReadLines("/proc/self/status").First(static line => line.StartsWith("Uid:", StringComparison.Ordinal));
        return uint.Parse(line.Split('\t')[2], CultureInfo.InvariantCulture);
    }
}
