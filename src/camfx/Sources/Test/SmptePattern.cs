using Camfx.Frames;

namespace Camfx.Sources.Test;

/// <summary>
/// SMPTE ECR 1-1978 colour bars: seven 75 % bars, the reverse blue row for setting chroma, and the row with −I, white, +Q and PLUGE.
/// </summary>
internal sealed class SmptePattern : ITestPattern
{
    private const int Level = 191;

    private static readonly YuvColor[] s_bars =
    [
        YuvColor.FromRgb(Level, Level, Level), YuvColor.FromRgb(Level, Level, 0), YuvColor.FromRgb(0, Level, Level), YuvColor.FromRgb(0, Level, 0),
        YuvColor.FromRgb(Level, 0, Level), YuvColor.FromRgb(Level, 0, 0), YuvColor.FromRgb(0, 0, Level),
    ];

    private static readonly YuvColor[] s_castellation =
        [s_bars[6], YuvColor.Black, s_bars[4], YuvColor.Black, s_bars[2], YuvColor.Black, s_bars[0]];

    /// <summary>−I and +Q at their usual 8-bit codes, and PLUGE 3.5 IRE below, at, and 4 IRE above black.</summary>
    private static readonly YuvColor s_minusI = new(16, 158, 95), s_plusQ = new(16, 174, 149);

    private static readonly YuvColor[] s_pluge = [new(7, 128, 128), YuvColor.Black, new(25, 128, 128)];

    public bool IsStill => true;

    public void Paint(in FrameView target, long frame)
    {
        int width = target.Width, height = target.Height;
        int upper = height * 2 / 3 & ~1, middle = height * 3 / 4 & ~1;
        Row(target, 0, upper, 0, width, s_bars);
        Row(target, upper, middle, 0, width, s_castellation);

        int block = width * 5 / 28, pluge = width * 5 / 7 & ~1, bar = width / 7;
        Row(target, middle, height, 0, 4 * block & ~1, [s_minusI, YuvColor.White, s_plusQ, YuvColor.Black]);
        Row(target, middle, height, pluge, pluge + bar & ~1, s_pluge);
        Row(target, middle, height, pluge + bar & ~1, width, [YuvColor.Black]);
    }

    private static void Row(in FrameView target, int top, int bottom, int left, int right, ReadOnlySpan<YuvColor> colors)
    {
        for (int i = 0; i < colors.Length; i++)
        {
            int from = left + (right - left) * i / colors.Length & ~1, to = left + (right - left) * (i + 1) / colors.Length & ~1;
            Painter.Rectangle(target, from, top, to - from, bottom - top, colors[i]);
        }
    }
}
