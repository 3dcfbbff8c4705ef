using Camfx.Posix;

namespace Camfx.Pipeline;

/// <summary>
/// What one thread sleeps on: until a point in time, or until somebody rings. A ring while nobody sleeps is not lost.
/// </summary>
/// <remarks>Thread-safe; one sleeper. A futex word, so that ringing costs nothing when nobody sleeps.</remarks>
internal sealed unsafe class Alarm : IDisposable
{
    private const uint Quiet = 0, Rung = 1, Sleeping = 2;

    private readonly uint* _word = (uint*)System.Runtime.InteropServices.NativeMemory.AllocZeroed(sizeof(uint));

    /// <summary>Wakes the sleeper, or lets its next sleep end at once.</summary>
    public void Ring()
    {
        if (Interlocked.Exchange(ref *_word, Rung) == Sleeping) Futex.WakePrivate(_word);
    }

    /// <summary>Sleeps until a ring or the deadline.</summary>
    /// <param name="deadline">CLOCK_MONOTONIC in ns; <see cref="long.MaxValue"/>: no end.</param>
    /// <returns>True when it was rung.</returns>
    public bool Sleep(long deadline)
    {
        while (true)
        {
            if (Interlocked.CompareExchange(ref *_word, Sleeping, Quiet) == Rung)
            {
                Volatile.Write(ref *_word, Quiet);
                return true;
            }

            if (Futex.WaitPrivate(_word, Sleeping, deadline) == FutexResult.TimedOut)
                return Interlocked.Exchange(ref *_word, Quiet) == Rung;
        }
    }

    public void Dispose() => System.Runtime.InteropServices.NativeMemory.Free(_word);
}
