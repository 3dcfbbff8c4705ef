namespace Camfx.Effects.Plugin;

/// <summary>The last frames given to the plug-in: by its presentation time a picture is known again.</summary>
/// <remarks>The render thread writes and asks for ages; any thread asks when a frame was given.</remarks>
internal sealed class PublishedFrames
{
    /// <summary>The greatest age in frames that can be told.</summary>
    public const int Longest = 30;

    private const int Kept = 64;

    private readonly long[] _presented = new long[Kept];
    private readonly long[] _given = new long[Kept];
    private int _count;

    /// <summary>One frame more.</summary>
    /// <param name="presentationTime">What it is known by.</param>
    /// <param name="now">When it was given, CLOCK_MONOTONIC in ns.</param>
    public void Add(long presentationTime, long now)
    {
        int place = _count++ % Kept;

        // Releases, in this order: whoever sees the presentation time, before and after, has seen the time that belongs to it.
        Volatile.Write(ref _presented[place], long.MinValue);
        Volatile.Write(ref _given[place], now);
        Volatile.Write(ref _presented[place], presentationTime);
        if (_count == int.MaxValue / Kept * Kept) _count = Kept;
    }

    /// <summary>Whether it is the presentation time of one of the last <paramref name="latency"/> + 1 frames.</summary>
    public bool IsRecent(long presentationTime, int latency)
    {
        int first = Math.Max(0, _count - latency - 1);
        for (int frame = _count - 1; frame >= first; frame--)
            if (_presented[frame % Kept] == presentationTime) return true;
        return false;
    }

    /// <summary>When the frame of this presentation time was given; false when none of the last frames has it.</summary>
    public bool TryFind(long presentationTime, out long given)
    {
        for (int place = 0; place < Kept; place++)
        {
            if (Volatile.Read(ref _presented[place]) != presentationTime) continue;
            given = Volatile.Read(ref _given[place]);
            if (given != 0 && Volatile.Read(ref _presented[place]) == presentationTime) return true;
        }

        given = 0;
        return false;
    }
}
