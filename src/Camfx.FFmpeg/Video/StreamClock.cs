using static Camfx.FFmpeg.Interop.LibAv;

namespace Camfx.FFmpeg;

/// <summary>
/// Turns a stream's timestamps into ns from its first picture that never go back. Streams do go back: cameras restart, recordings are glued
/// together, counters wrap.
/// </summary>
internal sealed class StreamClock
{
    private const long Second = 1_000_000_000;

    // Used where neither the container nor the codec says how long a picture lasts.
    private const long FallbackDuration = Second / 25;

    private readonly TimeBase _timeBase;
    private readonly long _start;
    private readonly long _nominalDuration;
    private long _shift;
    private long _last;
    private long _next;

    internal StreamClock(TimeBase timeBase, long start, Rational frameRate)
    {
        _timeBase = timeBase;
        _start = start == AV_NOPTS_VALUE ? 0 : start;
        _nominalDuration = frameRate.IsKnown ? Math.Max(1, Second * frameRate.Denominator / frameRate.Numerator) : FallbackDuration;
        Restart(0);
    }

    /// <summary>Begins anew at a time: what comes next may lie before what came last.</summary>
    internal void Restart(long time)
    {
        _shift = 0;
        _last = long.MinValue;
        _next = time;
    }

    /// <summary>The stream's timestamp at or before a time in ns.</summary>
    internal long ToTimestamp(long time) => _start + _timeBase.FromNanoseconds(time);

    /// <summary>How long a picture lasts, in ns, given what the stream says about it (0: nothing).</summary>
    internal long Duration(long timestamps) =>
        timestamps > 0 ? _timeBase.ToNanoseconds(timestamps) : _nominalDuration;

    /// <summary>The time of the next picture, in ns.</summary>
    internal long Advance(long timestamp, long duration)
    {
        long time = _next;
        if (timestamp != AV_NOPTS_VALUE)
        {
            long stated = _timeBase.ToNanoseconds(timestamp - _start);
            time = stated + _shift;
            if (_last != long.MinValue && time <= _last)
            {
                // A small step back is a muxer's rounding; a large one is a new beginning, which goes on from here.
                if (_last - time < Second) time = _last + 1;
                else _shift = (time = _next) - stated;
            }
        }

        _last = time;
        _next = time + duration;
        return time;
    }
}
