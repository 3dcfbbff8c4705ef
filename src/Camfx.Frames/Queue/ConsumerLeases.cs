using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Queue;

/// <summary>
/// One consumer as the producer sees it: where its lease words and its waiting flag are, and what the publishing thread remembers about them.
/// The words of a remote consumer are its own to write, at any time and with any value.
/// </summary>
/// <remarks>Thread-bound to the publishing thread.</remarks>
internal sealed unsafe class ConsumerLeases(ulong* words, WaitKind* waiting, int share, bool revocable, FileDescriptor? socket)
{
    private readonly ulong[] _seen = new ulong[share];
    private readonly long[] _since = new long[share];

    // One bit a lease word: it has blocked a slot in this TryBegin, or is revoked, and cannot block another one.
    private ulong _spent;

    public int Share => share;

    public FileDescriptor? Socket => socket;

    public WaitKind Waiting => waiting == null ? WaitKind.None : (WaitKind)Volatile.Read(ref *(uint*)waiting);

    /// <summary>Reads each lease word once and returns the set of slots they hold, one bit a slot.</summary>
    /// <param name="sequences">What each slot holds now, from the producer's own memory.</param>
    /// <param name="now">CLOCK_MONOTONIC ns.</param>
    /// <param name="counters">Counts revoked and meaningless words.</param>
    public ulong Collect(ReadOnlySpan<ulong> sequences, long now, FrameQueueCounters counters)
    {
        ulong held = 0;
        _spent = 0;
        for (int i = 0; i < share; i++)
        {
            var word = new FrameWord(Volatile.Read(ref words[i]));
            if (word.Value != _seen[i])
            {
                _seen[i] = word.Value;
                _since[i] = now;
            }

            if (word.Value == 0) continue;
            if (word.Sequence == 0 || word.Slot >= sequences.Length || sequences[word.Slot] != word.Sequence)
            {
                counters.Ignored++;
                continue;
            }

            _spent |= 1UL << i;
            if (!IsRevoked(i, now, counters)) held |= 1UL << word.Slot;
        }

        return held;
    }

    /// <summary>Whether a word that has not blocked a slot yet holds <paramref name="frame"/> now. Such a word is then spent.</summary>
    public bool HoldsNow(FrameWord frame)
    {
        for (int i = 0; i < share; i++)
        {
            if ((_spent >> i & 1) != 0 || Volatile.Read(ref words[i]) != frame.Value) continue;
            _spent |= 1UL << i;
            return true;
        }

        return false;
    }

    private bool IsRevoked(int i, long now, FrameQueueCounters counters)
    {
        const long counted = long.MinValue;
        if (!revocable) return false;
        if (_since[i] == counted) return true;
        if (now - _since[i] <= WireFormat.LeaseTimeNs) return false;
        _since[i] = counted;
        counters.Revoked++;
        return true;
    }
}
