using Camfx.DBus;
using Camfx.Frames.Queue;
using Camfx.Posix;

namespace Camfx.Tests.Service;

/// <summary>Waits for events; the limit only ends a hang.</summary>
internal static class Waiting
{
    private const long Second = 1_000_000_000;

    /// <summary>Handles messages of a connection until something holds.</summary>
    public static void Until(Bus bus, Func<bool> condition, string what)
    {
        using BusLoop loop = new(bus);
        using IDisposable limit = loop.After(RunningService.Patience, loop.Stop);
        void Look()
        {
            if (condition()) loop.Stop();
            else loop.After(TimeSpan.FromMilliseconds(5), Look);
        }

        Look();
        loop.Run();
        Assert.True(condition(), $"It did not happen in time: {what}.");
    }

    /// <summary>The next frame of a queue after one.</summary>
    public static FrameLease Next(FrameQueueConnection connection, ulong after)
    {
        long deadline = MonotonicClock.Now + (30 * Second);
        while (connection.Reader.Wait(after, deadline))
        {
            if (connection.Reader.TryAcquire(out FrameLease lease)) return lease;
        }

        throw new TimeoutException("No frame came.");
    }
}
