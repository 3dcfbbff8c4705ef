using System.Runtime.InteropServices;

namespace Camfx.Frames.Fuzz;

/// <summary>One worker's page of the ledger.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LedgerEntry
{
    /// <summary>The case it is at.</summary>
    public long Case;

    /// <summary>Cases begun: it hangs when this stands still.</summary>
    public long Cases;

    /// <summary>Whether it is at the part in which the producer writes from another thread.</summary>
    public long InStorm;

    /// <summary>Changes made to shared memory.</summary>
    public long Mutations;

    /// <summary>Of these: while a reader ran, by another thread.</summary>
    public long StormMutations;

    /// <summary>Queues attached to.</summary>
    public long Attached;

    /// <summary>Of these: with a page without access on both sides.</summary>
    public long Guarded;

    /// <summary>Frames whose every byte was read.</summary>
    public long Frames;

    /// <summary>Steps of the longest call.</summary>
    public long LongestCall;

    /// <summary>Refusals, by kind.</summary>
    public fixed long Refused[32];
}
