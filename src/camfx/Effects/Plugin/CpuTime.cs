using System.Globalization;

namespace Camfx.Effects.Plugin;

/// <summary>The CPU time of a plug-in: of its cgroup where it has one, else of its process and the children that process has waited for.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CpuTime(int processId, string unit)
{
    // The unit of /proc/PID/stat on every Linux that .NET runs on (USER_HZ).
    private const int TicksPerSecond = 100;

    private string? _group;

    /// <summary>CPU time since the program's start in ms; null when it is gone.</summary>
    public double? Milliseconds
    {
        get
        {
            try
            {
                return Group() is { } group ? OfGroup(group) : OfProcess();
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    /// <summary>Kills everything that lives in its cgroup, where it has one: children that have left its session too.</summary>
    public void KillGroup()
    {
        try
        {
            if (Group() is { } group) File.WriteAllText(Path.Combine(group, "cgroup.kill"), "1");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The group is gone, and all that was in it.
        }
    }

    /// <summary>Its cgroup's folder, once it is in the one that was asked for and no longer in ours.</summary>
    private string? Group()
    {
        if (_group is not null) return _group;
        string? line = Array.Find(File.ReadAllLines($"/proc/{processId}/cgroup"), line => line.StartsWith("0::/", StringComparison.Ordinal));
        if (line is not null && line.EndsWith($"/{unit}.scope", StringComparison.Ordinal)) _group = "/sys/fs/cgroup" + line[3..];
        return _group;
    }

    private static double? OfGroup(string group)
    {
        const string key = "usage_usec ";
        string? line = Array.Find(File.ReadAllLines(Path.Combine(group, "cpu.stat")), line => line.StartsWith(key, StringComparison.Ordinal));
        return line is null ? null : long.Parse(line[key.Length..], CultureInfo.InvariantCulture) / 1e3;
    }

    private double? OfProcess()
    {
        // The name in parentheses may hold anything; after it come state, …, utime (14th of all), stime, cutime, cstime.
        string stat = File.ReadAllText($"/proc/{processId}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long ticks = fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
        return ticks * 1000.0 / TicksPerSecond;
    }
}
