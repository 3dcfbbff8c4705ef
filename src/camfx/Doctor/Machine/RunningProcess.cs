namespace Camfx.Doctor.Machine;

/// <summary>A process.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name, as the kernel keeps it: at most 15 bytes.</param>
/// <param name="Arguments">Its command line; empty where this user may not read it.</param>
internal sealed record RunningProcess(int Id, string Name, IReadOnlyList<string> Arguments);
