using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix.Tests;

public sealed unsafe partial class ClockTests
{
    private const int CLOCK_REALTIME = 0;
    private const int CLOCK_MONOTONIC = 1;

    [Fact]
    public void The_monotonic_clock_is_the_kernels_in_nanoseconds()
    {
        long before = Read(CLOCK_MONOTONIC);
        long now = MonotonicClock.Now;
        Assert.InRange(now, before, Read(CLOCK_MONOTONIC));
    }

    [Fact]
    public void The_wall_clock_is_the_kernels_in_milliseconds()
    {
        long before = Read(CLOCK_REALTIME) / 1_000_000;
        long now = RealtimeClock.NowMilliseconds;
        Assert.InRange(now, before, Read(CLOCK_REALTIME) / 1_000_000);
    }

    private static long Read(int clock)
    {
        Libc.timespec time;
        Assert.Equal(0, clock_gettime(clock, &time));
        return time.tv_sec * Libc.timespec.NanosecondsPerSecond + time.tv_nsec;
    }

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, void* time);
}
