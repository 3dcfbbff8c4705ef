using System.Globalization;
using Camfx.Processes;

namespace Camfx.Doctor.Machine;

/// <summary>The processes in /proc.</summary>
/// <param name="folder">Where they are listed.</param>
internal sealed class MachineProcesses(string folder = "/proc") : IProcesses
{
    private IReadOnlyList<RunningProcess>? _all;

    public uint UserId => ProcessOwner.UserId;

    public IReadOnlyList<RunningProcess> List() => _all ??= [.. Read()];

    public IReadOnlyList<NodeHolder> HoldersOf(string node) => NodeHolders.Of(node, folder);

    private IEnumerable<RunningProcess> Read()
    {
        foreach (string process in Directory.EnumerateDirectories(folder))
        {
            if (!int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out int id) || id == Environment.ProcessId) continue;
            if (ReadOne(process, id) is { } found) yield return found;
        }
    }

    private static RunningProcess? ReadOne(string process, int id)
    {
        try
        {
            return new RunningProcess(
                id,
                File.ReadAllText(Path.Combine(process, "comm")).TrimEnd('\n'),
                File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0', StringSplitOptions.RemoveEmptyEntries));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null; // It has just ended.
        }
    }
}
