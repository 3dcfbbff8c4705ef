using System.Numerics;
using System.Runtime.CompilerServices;

namespace Camfx.Imaging.Matting;

/// <summary>
/// The local model of a guided filter: in every 3x3 neighbourhood of the reduced picture the mask is a straight function of luma, gain × luma + offset, found
/// by least squares and averaged over the neighbourhoods that a sample is in. (He, Sun, Tang: Guided Image Filtering, 2013; He, Sun: Fast
/// Guided Filter, 2015.)
/// </summary>
/// <remarks>
/// Lines come one after the other from above; only three of each kind are kept. Thread-bound. Every operation is one on a single element, so that the result has
/// the same bits at every vector width.
/// </remarks>
internal sealed class Guidance
{
    /// <summary>Fractional bits of a gain and of an offset.</summary>
    public const int GainBits = 10, OffsetBits = 2;

    // Squared levels: where luma varies by less than five levels, the mask does not follow it. It also keeps a gain below 128 / (2 × 5), which fits.
    private const float Regularity = 25;

    private const int Quantities = 4, Kept = 3;

    private readonly int _columns;
    private readonly int _lines;
    private readonly float[][] _sums = new float[Kept * Quantities][];
    private readonly float[][] _models = new float[Kept * 2][];
    private readonly float[][] _values = new float[Quantities][];
    private readonly float[] _gain;
    private readonly float[] _offset;

    public Guidance(int columns, int lines)
    {
        _columns = columns;
        _lines = lines;
        for (int i = 0; i < _sums.Length; i++) _sums[i] = new float[columns];
        for (int i = 0; i < _models.Length; i++) _models[i] = new float[columns];
        for (int i = 0; i < _values.Length; i++) _values[i] = new float[columns + 2];
        _gain = new float[columns + 2];
        _offset = new float[columns + 2];
    }

    /// <summary>Where the picture's next line goes: luma, from index 1 on.</summary>
    public Span<float> Luma => _values[0].AsSpan(1, _columns);

    /// <summary>Where the mask's next line goes, from index 1 on.</summary>
    public Span<float> Mask => _values[1].AsSpan(1, _columns);

    /// <summary>Takes in what was written to <see cref="Luma"/> and <see cref="Mask"/> as this line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int line)
    {
        Multiply(_values[0], _values[1], _values[2]);
        Multiply(_values[0], _values[0], _values[3]);
        for (int i = 0; i < Quantities; i++) SumNeighbours(_values[i], _sums[line % Kept * Quantities + i]);
    }

    /// <summary>Finds this line's model, when the line below it (if there is one) was taken in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fit(int line)
    {
        int above = Math.Max(line - 1, 0) % Kept * Quantities, here = line % Kept * Quantities, below = Math.Min(line + 1, _lines - 1) % Kept * Quantities;
        Span<float> luma = _values[0], mask = _values[1], product = _values[2], square = _values[3];
        Mean(_sums[above], _sums[here], _sums[below], luma);
        Mean(_sums[above + 1], _sums[here + 1], _sums[below + 1], mask);
        Mean(_sums[above + 2], _sums[here + 2], _sums[below + 2], product);
        Mean(_sums[above + 3], _sums[here + 3], _sums[below + 3], square);
        Solve(luma, mask, product, square, _gain, _offset);
        SumNeighbours(_gain, _models[line % Kept * 2]);
        SumNeighbours(_offset, _models[line % Kept * 2 + 1]);
    }

    /// <summary>Gives this line's gains and offsets, when the line below it (if there is one) was fitted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Give(int line, Span<short> gains, Span<short> offsets)
    {
        int above = Math.Max(line - 1, 0) % Kept * 2, here = line % Kept * 2, below = Math.Min(line + 1, _lines - 1) % Kept * 2;
        Round(_models[above], _models[here], _models[below], 1 << GainBits, gains);
        Round(_models[above + 1], _models[here + 1], _models[below + 1], 1 << OffsetBits, offsets);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(float[] a, float[] b, float[] target)
    {
        int x = 1, count = Vector<float>.Count;
        for (; x <= _columns + 1 - count; x += count) (new Vector<float>(a, x) * new Vector<float>(b, x)).CopyTo(target, x);
        for (; x <= _columns; x++) target[x] = a[x] * b[x];
    }

    /// <summary>Each value, from index 1 on, and its two neighbours; the edge's neighbour is itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumNeighbours(float[] values, float[] sums)
    {
        values[0] = values[1];
        values[_columns + 1] = values[_columns];
        int x = 0, count = Vector<float>.Count;
        for (; x <= _columns - count; x += count)
            (new Vector<float>(values, x) + new Vector<float>(values, x + 1) + new Vector<float>(values, x + 2)).CopyTo(sums, x);
        for (; x < _columns; x++) sums[x] = values[x] + values[x + 1] + values[x + 2];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mean(float[] above, float[] here, float[] below, Span<float> mean)
    {
        int x = 0, count = Vector<float>.Count;
        for (; x <= here.Length - count; x += count)
            ((new Vector<float>(above, x) + new Vector<float>(here, x) + new Vector<float>(below, x)) * (1f / 9)).CopyTo(mean[x..]);
        for (; x < here.Length; x++) mean[x] = (above[x] + here[x] + below[x]) * (1f / 9);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Solve(
        ReadOnlySpan<float> luma, ReadOnlySpan<float> mask, ReadOnlySpan<float> product, ReadOnlySpan<float> square, float[] gains, float[] offsets)
    {
        int x = 0, count = Vector<float>.Count;
        var regularity = new Vector<float>(Regularity);
        for (; x <= _columns - count; x += count)
        {
            Vector<float> i = new(luma[x..]), p = new(mask[x..]);
            Vector<float> gain = (new Vector<float>(product[x..]) - i * p) / (new Vector<float>(square[x..]) - i * i + regularity);
            gain.CopyTo(gains, x + 1);
            (p - gain * i).CopyTo(offsets, x + 1);
        }

        for (; x < _columns; x++)
        {
            gains[x + 1] = (product[x] - luma[x] * mask[x]) / (square[x] - luma[x] * luma[x] + Regularity);
            offsets[x + 1] = mask[x] - gains[x + 1] * luma[x];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Round(float[] above, float[] here, float[] below, float scale, Span<short> target)
    {
        float factor = scale / 9;
        int x = 0, count = Vector<float>.Count;
        for (; x <= here.Length - 2 * count; x += 2 * count) Vector.Narrow(At(x), At(x + count)).CopyTo(target[x..]);
        for (; x < here.Length; x++) target[x] = (short)MathF.Round((above[x] + here[x] + below[x]) * factor);

        Vector<int> At(int from) => Vector.ConvertToInt32(
            Vector.Round((new Vector<float>(above, from) + new Vector<float>(here, from) + new Vector<float>(below, from)) * factor));
    }
}
