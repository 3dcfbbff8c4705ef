using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Queue;

/// <summary>A consumer's sleep on the header's wake word. A read-only mapping is enough.</summary>
internal static unsafe class FutexWait
{
    /// <summary>A producer that wakes its consumers so often and has no frame for them plays with them.</summary>
    private const int MostIdleWakes = 200;

    /// <summary>Sleeps until there is a frame later than a sequence: true; until the deadline, the queue's end or too many wakes for nothing: false.</summary>
    public static bool ForFrame(QueueHeader* header, WaitKind* waiting, ulong afterSequence, long deadline)
    {
        if (HasFrameAfter(header, afterSequence)) return true;
        try
        {
            for (int wakes = 0; wakes < MostIdleWakes; wakes++)
            {
                // The wake word is read before the last look: a frame published after that look has changed it, and the sleep does not begin.
                uint seen = Volatile.Read(ref header->Wake);
                Volatile.Write(ref *(uint*)waiting, (uint)WaitKind.Futex);

                // Full fence, the consumer's half of Dekker's pattern: the flag is visible before the last look (see EnterConsumers).
                Interlocked.MemoryBarrier();
                if (HasFrameAfter(header, afterSequence)) return true;
                if (!IsLive(header)) return false;

                // The clock is asked besides: a word that changes all the time without a frame must not keep the caller past its deadline.
                if (Futex.Wait(&header->Wake, seen, deadline) == FutexResult.TimedOut || MonotonicClock.Now >= deadline)
                    return HasFrameAfter(header, afterSequence);
            }

            return HasFrameAfter(header, afterSequence);
        }
        finally
        {
            Volatile.Write(ref *(uint*)waiting, (uint)WaitKind.None);
        }
    }

    public static bool HasFrameAfter(QueueHeader* header, ulong afterSequence) =>
        new FrameWord(Volatile.Read(ref header->Newest)).Sequence > afterSequence;

    public static bool IsLive(QueueHeader* header) => Volatile.Read(ref *(uint*)&header->State) == (uint)QueueState.Live;
}
