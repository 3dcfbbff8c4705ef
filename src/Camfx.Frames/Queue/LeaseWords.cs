using Camfx.Frames.Queue.Wire;

namespace Camfx.Frames.Queue;

/// <summary>A consumer's own lease words: what it writes to tell the producer which frames it holds.</summary>
/// <remarks>Thread-bound to the consumer.</remarks>
internal sealed unsafe class LeaseWords(ulong* words, int share)
{
    /// <summary>How often a consumer looks for the newest frame before it says that there is none it can have.</summary>
    public const int Attempts = 8;

    // The words are written here and never read: in the other process's place anything could stand there.
    private readonly ulong[] _held = new ulong[share];

    public int Share => share;

    public int Count { get; private set; }

    /// <summary>
    /// Announces that a frame is held. The caller then looks whether the slot still has that frame: only then it is a lease, else it must
    /// <see cref="Clear"/> the word.
    /// </summary>
    public bool TryTake(FrameWord frame, out int word)
    {
        word = Array.IndexOf(_held, 0UL);
        if (word < 0) return false;
        _held[word] = frame.Value;
        Count++;
        Volatile.Write(ref words[word], frame.Value);

        // Full fence, the consumer's half of Dekker's pattern: the lease is visible before the slot's sequence is read (see MarkWriting).
        Interlocked.MemoryBarrier();
        return true;
    }

    /// <summary>Gives a word back.</summary>
    public void Clear(int word)
    {
        _held[word] = 0;
        Count--;

        // Release: every read of the pixels comes before it.
        Volatile.Write(ref words[word], 0);

        // Full fence: the word is seen empty before the newest frame is read again. The producer lets a word block one slot while it looks for
        // a free one; without this fence the word could still show this frame and be used for one that is no longer the newest.
        Interlocked.MemoryBarrier();
    }

    /// <summary>Gives back the word that holds a frame.</summary>
    public bool TryClear(FrameWord frame)
    {
        int word = frame.Value == 0 ? -1 : Array.IndexOf(_held, frame.Value);
        if (word < 0) return false;
        Clear(word);
        return true;
    }

    /// <summary>Gives back the word that holds whatever frame of a slot.</summary>
    public bool TryClearSlot(int slot)
    {
        for (int word = 0; word < _held.Length; word++)
        {
            var held = new FrameWord(_held[word]);
            if (held.Value == 0 || held.Slot != slot) continue;
            Clear(word);
            return true;
        }

        return false;
    }
}
