namespace Camfx.Posix;

/// <summary>What can no longer be done to a memfd, by anybody, for as long as it lives (fcntl F_ADD_SEALS; linux/fcntl.h).</summary>
[Flags]
public enum Seals
{
    /// <summary>Nothing is sealed.</summary>
    None = 0,

    /// <summary>No further seal can be added.</summary>
    Seal = 1,

    /// <summary>It cannot get smaller: a mapping within its size never faults with SIGBUS.</summary>
    Shrink = 2,

    /// <summary>It cannot get larger.</summary>
    Grow = 4,

    /// <summary>It cannot be written at all. Refused (EBUSY) while somebody has a writable shared mapping.</summary>
    Write = 8,

    /// <summary>No write and no new writable mapping; those made before stay good. This is how one producer keeps the pen.</summary>
    FutureWrite = 16,

    /// <summary>Its execute permission cannot be changed (Linux 6.3). <see cref="Memfd.Create"/> sets it where it can.</summary>
    Exec = 32,
}
