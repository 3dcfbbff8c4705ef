using System.Runtime.InteropServices;

namespace Camfx.Frames.Torture.Board;

/// <summary>What the writers that follow each other have counted, and what the one that lives sees.</summary>
[StructLayout(LayoutKind.Sequential, Size = Length)]
internal struct WriterScore
{
    public const int Length = 256;

    /// <summary>The process that writes here now.</summary>
    public long ProcessId;

    /// <summary>Generation of its queue, once it serves.</summary>
    public ulong Generation;

    /// <summary>When it published last, CLOCK_MONOTONIC ns.</summary>
    public long Progress;

    /// <summary>Frames of all writers.</summary>
    public long Published;

    /// <summary>Leases revoked by all writers.</summary>
    public long Revoked;

    /// <summary>Slots passed over by all writers because they were leased at the very moment.</summary>
    public long Contended;

    /// <summary>Times no slot was found. There must be none.</summary>
    public long NoSlot;

    /// <summary>Leases honoured now.</summary>
    public long Leased;

    /// <summary>Consumers now.</summary>
    public long Consumers;

    /// <summary>Leases not given to a consumer now.</summary>
    public long FreeLeases;
}
