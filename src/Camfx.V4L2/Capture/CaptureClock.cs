using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2;

/// <summary>Which of a driver's times are CLOCK_MONOTONIC.</summary>
internal static class CaptureClock
{
    private const long Oldest = 10_000_000_000;

    /// <summary>
    /// The driver's time where it is CLOCK_MONOTONIC: it says so, or (v4l2loopback copies its writer's) it copied one that can be. A frame is not
    /// captured in the future, nor ten seconds ago; then, and with every other clock, it is the time it came here.
    /// </summary>
    /// <param name="flags">The buffer's.</param>
    /// <param name="timestampNs">The driver's time.</param>
    /// <param name="now">CLOCK_MONOTONIC.</param>
    internal static long Time(uint flags, long timestampNs, long now)
    {
        uint clock = flags & V4L2_BUF_FLAG_TIMESTAMP_MASK;
        bool ours = clock is V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC or V4L2_BUF_FLAG_TIMESTAMP_COPY;
        return ours && timestampNs > 0 && timestampNs <= now && now - timestampNs < Oldest ? timestampNs : now;
    }
}
