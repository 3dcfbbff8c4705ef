using Camfx.Frames;

namespace Camfx.Sources.Test;

/// <summary>Digits of seven bars: readable without a font, drawn in microseconds.</summary>
internal static class SevenSegment
{
    /// <summary>Bits 0 to 6: top, upper right, lower right, bottom, lower left, upper left, middle.</summary>
    private static ReadOnlySpan<byte> Segments => [0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f];

    /// <summary>Paints a digit's luma; chroma stays as it is.</summary>
    public static void Paint(in FrameView target, int x, int y, int width, int height, int digit, byte luma)
    {
        int bar = Math.Max(width / 5, 1), half = height / 2;
        byte lit = Segments[digit];
        void Bar(int segment, int left, int top, int w, int h, in FrameView view)
        {
            if ((lit >> segment & 1) != 0) Painter.LumaRectangle(view, x + left, y + top, w, h, luma);
        }

        Bar(0, 0, 0, width, bar, target);
        Bar(1, width - bar, 0, bar, half, target);
        Bar(2, width - bar, half, bar, height - half, target);
        Bar(3, 0, height - bar, width, bar, target);
        Bar(4, 0, half, bar, height - half, target);
        Bar(5, 0, 0, bar, half, target);
        Bar(6, 0, half - bar / 2, width, bar, target);
    }
}
