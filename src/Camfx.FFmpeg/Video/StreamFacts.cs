using Camfx.FFmpeg.Interop;
using static Camfx.FFmpeg.Interop.LibAv;

namespace Camfx.FFmpeg;

/// <summary>What a container says about a stream.</summary>
internal static unsafe class StreamFacts
{
    /// <summary>Clockwise degrees to the upright picture, from the display matrix phones write: 0, 90, 180 or 270.</summary>
    internal static int Rotation(AVStream* stream)
    {
        byte* matrix = LibAvFormat.StreamSideData(stream, AV_PKT_DATA_DISPLAYMATRIX);
        if (matrix == null) return 0;
        double counterClockwise = LibAvUtil.av_display_rotation_get((int*)matrix);
        if (double.IsNaN(counterClockwise)) return 0;
        int quarterTurns = (int)Math.Round(-counterClockwise / 90);
        return (quarterTurns % 4 + 4) % 4 * 90;
    }

    /// <summary>Length in ns, or 0.</summary>
    internal static long Duration(AVFormatContext* context, AVStream* stream)
    {
        if (stream->duration > 0) return new TimeBase(stream->time_base).ToNanoseconds(stream->duration);
        return context->duration > 0 ? context->duration * (1_000_000_000L / AV_TIME_BASE) : 0;
    }
}
