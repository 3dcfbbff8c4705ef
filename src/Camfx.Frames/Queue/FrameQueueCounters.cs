namespace Camfx.Frames.Queue;

/// <summary>The publishing thread's counters; other threads read them, each value whole, none of them newer than another by promise.</summary>
internal sealed class FrameQueueCounters
{
    public long Published;
    public long Abandoned;
    public long Revoked;
    public long Contended;
    public long Ignored;
    public long FutexWakes;
    public long Messages;
    public long MessagesDropped;
    public int Leased;
    public ulong SlotsTouched;
}
