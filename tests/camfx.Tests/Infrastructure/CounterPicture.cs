using Camfx.Frames;

namespace Camfx.Tests.Infrastructure;

/// <summary>Reads pictures of <c>test:counter</c> (docs/test-patterns.md).</summary>
internal static class CounterPicture
{
    /// <summary>The frame's number, whose complement must agree.</summary>
    public static int Number(in FrameView view)
    {
        int number = Code(view, 2);
        Assert.Equal(0xffff, number ^ Code(view, 3));
        return number;
    }

    /// <summary>The first byte of a row of the first plane.</summary>
    public static unsafe byte Luma(in FrameView view, int row) => *view.Row(0, row);

    private static unsafe int Code(in FrameView view, int line)
    {
        int bits = 0, block = view.Width / 16;
        for (int bit = 0; bit < 16; bit++) bits = bits << 1 | (view.Row(0, line * 32 + 16)[bit * block + block / 2] > 127 ? 1 : 0);
        return bits;
    }
}
