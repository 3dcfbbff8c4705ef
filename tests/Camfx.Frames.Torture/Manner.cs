namespace Camfx.Frames.Torture;

/// <summary>How a reader reads.</summary>
internal enum Manner
{
    /// <summary>Leases each frame it can get, asleep in between.</summary>
    Follow,

    /// <summary>Copies, without a lease.</summary>
    Copy,

    /// <summary>Holds one frame while it takes the next.</summary>
    Pair,

    /// <summary>Holds each frame for longer than 500 ms: its leases are revoked.</summary>
    Hold,

    /// <summary>Holds each frame for a while that is allowed.</summary>
    Slow,
}
