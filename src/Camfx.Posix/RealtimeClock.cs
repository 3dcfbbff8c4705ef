namespace Camfx.Posix;

/// <summary>CLOCK_REALTIME: the wall clock, which can be set and can jump. Only for what people or other machines read.</summary>
/// <remarks>Thread-safe; no system call (vDSO).</remarks>
public static class RealtimeClock
{
    /// <summary>Milliseconds since 1970-01-01 00:00 UTC.</summary>
    public static long NowMilliseconds => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
