using System.Diagnostics;

namespace Camfx.Posix;

/// <summary>CLOCK_MONOTONIC: the clock frames are timed by, one for all processes. It stands still while the machine sleeps.</summary>
/// <remarks>Thread-safe; no system call (vDSO).</remarks>
public static class MonotonicClock
{
    /// <summary>Nanoseconds since some moment before the machine started.</summary>
    // The runtime's Stopwatch is CLOCK_MONOTONIC in nanoseconds on Linux; a test compares the two.
    public static long Now => Stopwatch.GetTimestamp();
}
