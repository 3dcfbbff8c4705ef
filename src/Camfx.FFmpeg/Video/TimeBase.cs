using Camfx.FFmpeg.Interop;

namespace Camfx.FFmpeg;

/// <summary>A stream's unit of time, and the way from it to ns and back.</summary>
internal readonly struct TimeBase(AVRational unit)
{
    private const long Second = 1_000_000_000;

    /// <summary>Timestamps in ns, to the nearest.</summary>
    internal long ToNanoseconds(long timestamps) => LibAvUtil.av_rescale(timestamps, unit.num * Second, unit.den);

    /// <summary>The last timestamp at or before a time that is not negative: rounded up, a seek would land behind the picture shown then.</summary>
    internal long FromNanoseconds(long time) => LibAvUtil.av_rescale_rnd(time, unit.den, unit.num * Second, LibAv.AV_ROUND_DOWN);
}
