namespace Camfx.Frames.Queue;

/// <summary>A consumer at a <see cref="FrameQueueServer"/>.</summary>
/// <param name="Id">Its number at this server; never used again.</param>
/// <param name="ProcessId">Its process, as the kernel said when it connected.</param>
/// <param name="Name">That process's name (<c>/proc/PID/comm</c>).</param>
/// <param name="Queue">The queue it has.</param>
/// <param name="Share">Frames it may hold at once.</param>
public sealed record FrameQueueClient(int Id, int ProcessId, string Name, FrameQueueWriter Queue, int Share);
