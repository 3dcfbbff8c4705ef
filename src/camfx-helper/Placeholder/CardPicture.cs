using Camfx.Frames;
using Camfx.Posix;

namespace Camfx.Helper.Placeholder;

/// <summary>
/// The placeholder of a device, drawn once for each text and shown as often as need be. It lies in shared memory, so that it can be given back
/// to the system at any time and never moves.
/// </summary>
/// <remarks>Thread-bound.</remarks>
internal sealed unsafe class CardPicture : IDisposable
{
    private readonly FileDescriptor _memory;
    private readonly MemoryMapping _mapping;

    /// <exception cref="PosixException">No memory.</exception>
    public CardPicture(in FrameLayout layout)
    {
        _memory = Memfd.Create("camfx-placeholder", layout.Size);
        try
        {
            _mapping = MemoryMapping.Map(_memory, 0, layout.Size, MapAccess.ReadWrite);
        }
        catch
        {
            _memory.Dispose();
            throw;
        }

        View = new FrameView(_mapping.Address, layout, ColorMatrix.Bt601, ColorRange.Limited);
    }

    /// <summary>The pixels.</summary>
    public FrameView View { get; }

    /// <summary>What it says; null: nothing was drawn yet.</summary>
    public CardText? Text { get; private set; }

    /// <summary>Draws it anew, if it says something else.</summary>
    public void Draw(CardText text)
    {
        if (text == Text) return;
        Card card = new(View.Width, View.Height, text);
        uint[] rows = new uint[View.Width * 2];
        Span<uint> upper = rows.AsSpan(0, View.Width), lower = rows.AsSpan(View.Width);
        int ground = -1;
        for (int y = 0; y < View.Height; y += 2)
        {
            rows.AsSpan().Fill(Card.Ground);
            bool drawn = card.DrawRow(upper, y);
            if (y + 1 < View.Height) drawn |= card.DrawRow(lower, y + 1);
            else upper.CopyTo(lower);
            if (drawn || ground < 0) RowPacker.Pack(View, y, upper, lower);
            else CopyRows(ground, y);
            if (!drawn) ground = y;
        }

        Text = text;
    }

    public void Dispose()
    {
        _mapping.Dispose();
        _memory.Dispose();
    }

    /// <summary>Most rows are nothing but ground: they are copied from one that is.</summary>
    private void CopyRows(int from, int to)
    {
        PixelFormatInfo format = PixelFormatInfo.Of(View.Format);
        for (int plane = 0; plane < format.PlaneCount; plane++)
        {
            int shift = plane == 0 ? 0 : format.ChromaShiftY, rows = plane == 0 || format.ChromaShiftY == 0 ? Math.Min(2, View.Height - to) : 1;
            long bytes = (long)View.Stride(plane) * (rows - 1) + RowBytes(format, plane);
            Buffer.MemoryCopy(View.Row(plane, from >> shift), View.Row(plane, to >> shift), bytes, bytes);
        }
    }

    private int RowBytes(PixelFormatInfo format, int plane)
    {
        if (plane == 0)
            return View.Format is PixelFormat.Yuyv or PixelFormat.Uyvy ? (View.Width + 1) / 2 * 4 : View.Width * format.BytesPerPixel;
        int chroma = (View.Width + 1) / 2;
        return format.PlaneCount == 2 ? chroma * 2 : chroma;
    }
}
