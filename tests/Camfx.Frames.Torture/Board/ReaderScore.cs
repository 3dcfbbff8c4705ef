using System.Runtime.InteropServices;

namespace Camfx.Frames.Torture.Board;

/// <summary>What the readers that follow each other in one place have counted. Native/torture-reader.c and torture_reader.py write the same 128 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Size = Length)]
internal struct ReaderScore
{
    public const int Length = 128;

    /// <summary>The process that writes here now.</summary>
    public long ProcessId;

    /// <summary>Generation of the queue it reads.</summary>
    public ulong Generation;

    /// <summary>The last frame it got.</summary>
    public ulong Sequence;

    /// <summary>Frames that were whole by the protocol's word.</summary>
    public long Accepted;

    /// <summary>Of these: frames whose pixels say otherwise. There must be none.</summary>
    public long Torn;

    /// <summary>Frames the protocol gave up although their pixels were still right.</summary>
    public long RejectedWhole;

    /// <summary>Torn frames the protocol gave up.</summary>
    public long RejectedTorn;

    /// <summary>Queues it was given.</summary>
    public long Connections;

    /// <summary>When it got a frame last, CLOCK_MONOTONIC ns.</summary>
    public long Progress;

    /// <summary>Things that must not happen: an error that is none of a hang-up's, a generation that is not later than the one that ended.</summary>
    public long Breaches;

    /// <summary>Times it was woken and found nothing it could have.</summary>
    public long Misses;

    /// <summary>Times it waited for a frame and got it.</summary>
    public long Waits;

    /// <summary>Of these: times it slept on although frames were published: something else than their publication woke it in the end.</summary>
    public long Overslept;
}
