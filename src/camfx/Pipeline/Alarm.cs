using Camfx.Posix;

namespace Camfx.Pipeline;

/// <summary>
/// What one thread sleeps on: until a point in time, or until somebody rings. A ring while nobody sleeps is not lost.
/// </summary>
/// <remarks>
/// Thread-safe; one sleeper. A futex word, so that ringing costs nothing when nobody sleeps. Its memory goes with the last who can ring: there is nothing
/// to dispose, and a ring that comes too late does no harm.
/// </remarks>
internal sealed unsafe class Alarm
{
    private const uint Quiet = 0, Rung = 1, Sleeping = 2;

    // Pinned: the kernel knows the word by its address.
    private readonly uint[] _memory = GC.AllocateArray<uint>(1, pinned: true);

    private uint* Word => (uint*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);

    /// <summary>Wakes the sleeper, or lets its next sleep end at once.</summary>
    public void Ring()
    {
        if (Interlocked.Exchange(ref _memory[0], Rung) == Sleeping) Futex.WakePrivate(Word);
    }

    /// <summary>Sleeps until a ring or the deadline.</summary>
    /// <param name="deadline">CLOCK_MONOTONIC in ns; <see cref="long.MaxValue"/>: no end.</param>
    /// <returns>True when it was rung.</returns>
    public bool Sleep(long deadline)
    {
        while (true)
        {
            if (Interlocked.CompareExchange(ref _memory[0], Sleeping, Quiet) == Rung)
            {
                Volatile.Write(ref _memory[0], Quiet);
                return true;
            }

            if (Futex.WaitPrivate(Word, Sleeping, deadline) == FutexResult.TimedOut)
                return Interlocked.Exchange(ref _memory[0], Quiet) == Rung;
        }
    }
}
