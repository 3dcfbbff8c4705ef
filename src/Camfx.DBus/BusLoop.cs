using System.Collections.Concurrent;
using Camfx.Posix;

namespace Camfx.DBus;

/// <summary>
/// One thread's loop around a connection: messages, timers, further descriptors, and work that other threads post. <see cref="Run"/> makes the
/// calling thread the loop's.
/// </summary>
/// <remarks><see cref="Post"/> and <see cref="Stop"/> are thread-safe; everything else belongs to the loop's thread.</remarks>
public sealed class BusLoop : IDisposable
{
    private readonly EventFd _wake = EventFd.Create();
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly PriorityQueue<LoopTimer, long> _timers = new();
    private readonly List<LoopWatch> _watches = [];
    private PollDescriptor[] _polled = [];
    private volatile bool _stopped;

    /// <summary>Makes a loop for a connection, which stays the caller's.</summary>
    public BusLoop(Bus bus) => Bus = bus;

    /// <summary>The connection.</summary>
    public Bus Bus { get; }

    /// <summary>Does something on the loop's thread, after what was posted before.</summary>
    public void Post(Action work)
    {
        _posted.Enqueue(work);
        _wake.Signal();
    }

    /// <summary>Makes <see cref="Run"/> return after the callback it is in.</summary>
    public void Stop()
    {
        _stopped = true;
        _wake.Signal();
    }

    /// <summary>Does something once at a time.</summary>
    /// <param name="time">CLOCK_MONOTONIC ns.</param>
    /// <param name="work">What.</param>
    /// <returns>Disposed, it is not done.</returns>
    public IDisposable At(long time, Action work)
    {
        LoopTimer timer = new(work);
        _timers.Enqueue(timer, time);
        return timer;
    }

    /// <summary>Does something once after a while.</summary>
    /// <returns>Disposed, it is not done.</returns>
    public IDisposable After(TimeSpan delay, Action work) => At(MonotonicClock.Now + (delay.Ticks * TimeSpan.NanosecondsPerTick), work);

    /// <summary>Calls back whenever a descriptor has something to answer.</summary>
    /// <param name="descriptor">Stays the caller's and must stay open as long as it is watched.</param>
    /// <param name="events">What is asked.</param>
    /// <param name="ready">Called with what was answered.</param>
    /// <returns>Disposed, it ends.</returns>
    public IDisposable Watch(FileDescriptor descriptor, PollEvents events, Action<PollEvents> ready)
    {
        LoopWatch watch = new(descriptor, events, ready, ended => _watches.Remove(ended));
        _watches.Add(watch);
        return watch;
    }

    /// <summary>Runs until <see cref="Stop"/>.</summary>
    /// <exception cref="BusException">Disconnected: the bus is gone. An exception of a callback comes out as it is.</exception>
    public void Run()
    {
        while (!_stopped)
        {
            while (!_stopped && _posted.TryDequeue(out Action? work)) work();
            while (!_stopped && RunDueTimer())
            {
            }

            if (_stopped) break;
            if (Bus.Process()) continue;
            Wait();
        }
    }

    /// <summary>Ends the loop's own descriptor; after <see cref="Run"/> has returned.</summary>
    public void Dispose() => _wake.Dispose();

    private bool RunDueTimer()
    {
        if (!_timers.TryPeek(out LoopTimer? timer, out long time) || time > MonotonicClock.Now) return false;
        _timers.Dequeue();
        timer.Run();
        return true;
    }

    private void Wait()
    {
        LoopWatch[] watches = [.. _watches];
        if (_polled.Length != watches.Length + 2) _polled = new PollDescriptor[watches.Length + 2];
        _polled[0] = new PollDescriptor(Bus.Descriptor, Bus.Events);
        _polled[1] = new PollDescriptor(_wake.Descriptor, PollEvents.Readable);
        for (int i = 0; i < watches.Length; i++) _polled[i + 2] = watches[i].Asked;

        if (Poll.Wait(_polled, TimeLeft()) == 0) return;
        if (_polled[1].Returned != PollEvents.None) _wake.Drain();
        for (int i = 0; i < watches.Length; i++) watches[i].Answer(_polled[i + 2].Returned);
    }

    private long TimeLeft()
    {
        long until = Bus.Timeout;
        if (_timers.TryPeek(out _, out long timer)) until = Math.Min(until, timer);
        if (!_posted.IsEmpty) return 0;
        return until == long.MaxValue ? Poll.NoTimeout : Math.Max(0, until - MonotonicClock.Now);
    }
}
