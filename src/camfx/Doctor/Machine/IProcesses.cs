using Camfx.Processes;

namespace Camfx.Doctor.Machine;

/// <summary>Who runs on the machine.</summary>
internal interface IProcesses
{
    /// <summary>The effective user id of this process.</summary>
    uint UserId { get; }

    /// <summary>Every process but this one.</summary>
    IReadOnlyList<RunningProcess> List();

    /// <summary>Who has a node open, those that stream first, as far as this user may see it.</summary>
    IReadOnlyList<NodeHolder> HoldersOf(string node);
}
