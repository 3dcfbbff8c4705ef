using Camfx.Frames;
using Camfx.Posix;

namespace Camfx.Sources.Test;

/// <summary>
/// The picture that can be measured: time and frame number as blocks (docs/test-patterns.md). Any reader of the picture finds out
/// latency, loss and tearing from it.
/// </summary>
internal sealed unsafe class CounterPattern : ITestPattern
{
    /// <summary>Rows of one line of blocks, and blocks in it.</summary>
    private const int BlockRows = 32, Blocks = 16;

    /// <summary>Height of the four lines of blocks.</summary>
    private const int CodeRows = 4 * BlockRows;

    /// <summary>Frames each colour stands.</summary>
    private const int FramesPerColor = 30;

    private static readonly YuvColor[] s_colors = [new(82, 90, 240), new(145, 54, 34), new(41, 240, 110)];

    public bool IsStill => false;

    public void Paint(in FrameView target, long frame)
    {
        uint counter = (uint)(frame & 0xffff), time = (uint)RealtimeClock.NowMilliseconds;
        YuvColor color = s_colors[frame / FramesPerColor % s_colors.Length];
        Painter.Rectangle(target, 0, CodeRows, target.Width, target.Height - CodeRows, color);
        for (int row = 0; row < CodeRows / 2; row++)
        {
            new Span<byte>(target.Row(1, row), target.Width / 2).Fill(YuvColor.Black.U);
            new Span<byte>(target.Row(2, row), target.Width / 2).Fill(YuvColor.Black.V);
        }

        PaintCode(target, 0, time >> 16);
        PaintCode(target, 1, time & 0xffff);
        PaintCode(target, 2, counter);
        PaintCode(target, 3, ~counter & 0xffff);
        PaintNumber(target, frame);
    }

    /// <summary>One line of 16 bits, most significant first; its first row is painted, the others are copies of it.</summary>
    private static void PaintCode(in FrameView target, int line, uint bits)
    {
        byte* first = target.Row(0, line * BlockRows);
        int width = target.Width / Blocks;
        for (int bit = 0; bit < Blocks; bit++)
        {
            byte luma = (bits >> (Blocks - 1 - bit) & 1) != 0 ? YuvColor.White.Y : YuvColor.Black.Y;
            new Span<byte>(first + bit * width, width).Fill(luma);
        }

        for (int row = 1; row < BlockRows; row++)
            Buffer.MemoryCopy(first, target.Row(0, line * BlockRows + row), target.Width, target.Width);
    }

    /// <summary>The number for people, in the lowest quarter, as seven-segment digits.</summary>
    private static void PaintNumber(in FrameView target, long frame)
    {
        int quarter = target.Height / 4, height = quarter * 2 / 3, width = height / 2, x = target.Width - quarter / 6;
        int y = target.Height - quarter + (quarter - height) / 2;
        long rest = frame;
        do
        {
            x -= width + width / 3;
            if (x < 0) return;
            SevenSegment.Paint(target, x, y, width, height, (int)(rest % 10), YuvColor.White.Y);
            rest /= 10;
        }
        while (rest > 0);
    }
}
