using Camfx.Frames;
using Camfx.Imaging.Planes;

namespace Camfx.Imaging.Tests.Infrastructure;

/// <summary>
/// A frame with odd strides at the very end of <see cref="GuardedMemory"/>. The bytes between its rows hold a known value, and
/// <see cref="Check"/> finds out whether anybody touched them.
/// </summary>
internal sealed unsafe class GuardedFrame
{
    private const byte Guard = 0xa5;
    private readonly byte* _start;
    private readonly int _size;

    public GuardedFrame(
        GuardedMemory memory, PixelFormat format, int width, int height,
        ColorMatrix matrix = ColorMatrix.Bt601, ColorRange range = ColorRange.Limited, int gap = 3)
    {
        int planes = PixelFormatInfo.Of(format).PlaneCount;
        int* strides = stackalloc int[3], offsets = stackalloc int[3];
        int size = gap;
        for (int plane = 0; plane < planes; plane++)
        {
            int bytes = PlaneGeometry.RowBytes(format, width, plane);
            strides[plane] = bytes + gap + plane;
            offsets[plane] = size;
            // The last row of the last plane ends the memory.
            size += strides[plane] * (PlaneGeometry.Rows(format, height, plane) - 1) + bytes + (plane + 1 < planes ? gap : 0);
        }

        _size = size;
        _start = memory.End - size;
        new Span<byte>(_start, size).Fill(Guard);
        View = new FrameView(
            format, width, height, matrix, range, _start + offsets[0], strides[0],
            planes > 1 ? _start + offsets[1] : null, planes > 1 ? strides[1] : 0,
            planes > 2 ? _start + offsets[2] : null, planes > 2 ? strides[2] : 0);
    }

    public FrameView View { get; }

    /// <summary>Fills the pixels with a reproducible mixture of noise and extremes.</summary>
    public GuardedFrame Fill(uint seed)
    {
        Noise noise = new(seed);
        ForEachRow((plane, row, bytes) =>
        {
            for (int i = 0; i < bytes; i++) row[i] = noise.NextByte();
        });
        return this;
    }

    /// <summary>FNV-1a of the pixels.</summary>
    public ulong Hash()
    {
        ulong hash = 14695981039346656037;
        ForEachRow((_, row, bytes) =>
        {
            for (int i = 0; i < bytes; i++) hash = (hash ^ row[i]) * 1099511628211;
        });
        return hash;
    }

    /// <summary>Fails if a byte that is no pixel was written.</summary>
    public void Check(string name)
    {
        byte[] copy = new ReadOnlySpan<byte>(_start, _size).ToArray();
        fixed (byte* start = copy)
        {
            byte* begin = start;
            ForEachRow((_, row, bytes) => new Span<byte>(begin + (row - _start), bytes).Fill(Guard));
        }

        int touched = copy.AsSpan().IndexOfAnyExcept(Guard);
        if (touched >= 0) throw new InvalidOperationException($"{name}: byte {touched} of {_size} is no pixel, yet it was written.");
    }

    private void ForEachRow(RowAction action)
    {
        FrameView view = View;
        for (int plane = 0; plane < PixelFormatInfo.Of(view.Format).PlaneCount; plane++)
            for (int y = 0; y < PlaneGeometry.Rows(view.Format, view.Height, plane); y++)
                action(plane, view.Row(plane, y), PlaneGeometry.RowBytes(view.Format, view.Width, plane));
    }

    private delegate void RowAction(int plane, byte* row, int bytes);
}
