using Camfx.Frames;

namespace Camfx.PipeWire.Tests.Producer;

/// <summary>
/// The machine-readable rows of the <c>test:counter</c> picture (docs/test-patterns.md): clock, counter and its complement as blocks of
/// width/16; below them one grey.
/// </summary>
public static unsafe class CounterPicture
{
    private const byte One = 235;
    private const byte Zero = 16;
    private const byte Grey = 126;
    private const int RowsPerWord = 32;

    /// <summary>Draws into a frame of I420, NV12, YUYV or BGRA.</summary>
    public static void Draw(in FrameView view, uint milliseconds, uint counter)
    {
        Span<ushort> words = [(ushort)(milliseconds >> 16), (ushort)milliseconds, (ushort)counter, (ushort)~counter];
        for (int word = 0; word < words.Length; word++)
        {
            FirstRow(view, word * RowsPerWord, words[word]);
            for (int y = 1; y < RowsPerWord; y++) Repeat(view, word * RowsPerWord, word * RowsPerWord + y);
        }

        int grey = words.Length * RowsPerWord;
        FirstRow(view, grey, null);
        for (int y = grey + 1; y < view.Height; y++) Repeat(view, grey, y);
        for (int plane = 1; plane < PixelFormatInfo.Of(view.Format).PlaneCount; plane++)
            for (int y = 0; y < (view.Height + 1) / 2; y++)
                new Span<byte>(view.Row(plane, y), view.Stride(plane)).Fill(128);
    }

    /// <summary>Reads the counter back out of a packed frame's luma; null if counter and complement disagree: the frame is torn.</summary>
    public static ushort? ReadCounter(in FrameView view) =>
        ReadWord(view, 2) is ushort counter && ReadWord(view, 3) is ushort complement && counter == (ushort)~complement ? counter : null;

    private static ushort ReadWord(in FrameView view, int word)
    {
        int value = 0;
        for (int bit = 0; bit < 16; bit++)
            value = value << 1 | (Luma(view, bit * (view.Width / 16) + view.Width / 32, word * RowsPerWord + RowsPerWord / 2) > 125 ? 1 : 0);
        return (ushort)value;
    }

    private static byte Luma(in FrameView view, int x, int y) => view.Format switch
    {
        PixelFormat.Yuyv => view.Row(0, y)[2 * x],
        PixelFormat.Bgra => view.Row(0, y)[4 * x + 1],
        _ => view.Row(0, y)[x],
    };

    private static void Repeat(in FrameView view, int from, int to) =>
        new ReadOnlySpan<byte>(view.Row(0, from), view.Stride(0)).CopyTo(new Span<byte>(view.Row(0, to), view.Stride(0)));

    private static void FirstRow(in FrameView view, int y, ushort? word)
    {
        byte* row = view.Row(0, y);
        for (int x = 0; x < view.Width; x++)
        {
            byte luma = word is ushort bits ? (bits >> 15 - Math.Min(x / (view.Width / 16), 15) & 1) != 0 ? One : Zero : Grey;
            switch (view.Format)
            {
                case PixelFormat.Yuyv:
                    row[2 * x] = luma;
                    row[2 * x + 1] = 128;
                    break;
                case PixelFormat.Bgra:
                    byte full = luma == One ? (byte)255 : luma == Zero ? (byte)0 : luma;
                    row[4 * x] = row[4 * x + 1] = row[4 * x + 2] = full;
                    row[4 * x + 3] = 255;
                    break;
                default:
                    row[x] = luma;
                    break;
            }
        }
    }
}
