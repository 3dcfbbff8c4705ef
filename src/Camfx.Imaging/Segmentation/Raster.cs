using System.Numerics;
using System.Runtime.CompilerServices;

namespace Camfx.Imaging.Segmentation;

/// <summary>
/// A plane of floats with room around it: one row above and below and a vector on either side, so that a kernel may read all eight neighbours of every pixel and write
/// whole vectors. <see cref="Extend"/> makes the room repeat the plane's edge.
/// </summary>
internal sealed unsafe class Raster
{
    // The longest Vector<float> there is.
    private const int Room = 16;

    private readonly float[] _values;
    private readonly float* _first;

    public Raster(int width, int height)
    {
        Width = width;
        Height = height;
        Stride = (width + Room - 1) / Room * Room + 2 * Room;
        _values = GC.AllocateArray<float>(Stride * (height + 2), pinned: true);
        _first = (float*)Unsafe.AsPointer(ref _values[Stride + Room]);
    }

    public int Width { get; }

    public int Height { get; }

    public int Stride { get; }

    /// <summary>The row's first pixel; rows -1 and <see cref="Height"/> are the room.</summary>
    public float* Row(int y) => _first + (nint)y * Stride;

    /// <summary>Repeats the first and the last pixel of a row that was written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExtendRow(int y)
    {
        float* row = Row(y);
        row[-1] = row[0];
        row[Width] = row[Width - 1];
    }

    /// <summary>Repeats the edge all around.</summary>
    public void Extend()
    {
        for (int y = 0; y < Height; y++) ExtendRow(y);
        ExtendVertically();
    }

    /// <summary>Repeats the first and the last row, which are extended themselves.</summary>
    public void ExtendVertically()
    {
        uint bytes = (uint)(Width + 2) * sizeof(float);
        Unsafe.CopyBlockUnaligned(Row(-1) - 1, Row(0) - 1, bytes);
        Unsafe.CopyBlockUnaligned(Row(Height) - 1, Row(Height - 1) - 1, bytes);
    }

    public void Fill(float value) => _values.AsSpan().Fill(value);

    /// <summary>Takes a row of bytes over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SetRow(int y, byte* source, float minus)
    {
        float* row = Row(y);
        int x = 0, step = Vector<float>.Count;
        var less = new Vector<float>(minus);
        for (; x <= Width - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector.Widen(Vector.Load(source + x), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> a, out Vector<uint> b);
            Vector.Widen(high, out Vector<uint> c, out Vector<uint> d);
            Vector.Store(Vector.ConvertToSingle(Vector.AsVectorInt32(a)) - less, row + x);
            Vector.Store(Vector.ConvertToSingle(Vector.AsVectorInt32(b)) - less, row + x + step);
            Vector.Store(Vector.ConvertToSingle(Vector.AsVectorInt32(c)) - less, row + x + 2 * step);
            Vector.Store(Vector.ConvertToSingle(Vector.AsVectorInt32(d)) - less, row + x + 3 * step);
        }

        for (; x < Width; x++) row[x] = source[x] - minus;
    }
}
