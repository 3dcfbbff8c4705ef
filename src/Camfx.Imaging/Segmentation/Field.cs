using System.Numerics;
using System.Runtime.CompilerServices;

namespace Camfx.Imaging.Segmentation;

/// <summary>
/// Decides for all pixels together: each has its own evidence and agrees with its four neighbours, the less the stronger a border is between them that the scene does not have.
/// Mean-field iterations of an Ising model with contrast-sensitive weights; all pixels of one iteration see those of the one before.
/// </summary>
/// <remarks>Thread-bound. Every operation is one on a single element, so that the result has the same bits at every vector width.</remarks>
internal sealed unsafe class Field
{
    private const int Iterations = 10;

    // Half the logarithm of the odds for each unit of misfit, the misfit at even odds, and how much one pixel may say at most.
    private const float Slope = 0.8f, Even = 1.5f, MostBehind = 1.5f, MostInFront = 4;

    // What a neighbour says where nothing lies between, what always, and the difference in standard deviations that halves it.
    private const float Agreement = 0.9f, Always = 0.12f, Border = 3;

    // What the picture before says where nothing changed.
    private const float Memory = 0.4f;

    private readonly Raster _own;
    private readonly Raster _across;
    private readonly Raster _down;
    private readonly Raster _other;

    public Field(int width, int height)
    {
        _own = new Raster(width, height);
        _across = new Raster(width, height);
        _down = new Raster(width, height);
        _other = new Raster(width, height);
        Result = new Raster(width, height);
    }

    /// <summary>From -1, certainly behind, to 1, certainly in front.</summary>
    public Raster Result { get; }

    /// <summary>Decides.</summary>
    /// <param name="evidence">What each pixel says.</param>
    /// <param name="luma">The picture's luma, extended.</param>
    /// <param name="before">What the picture before came to where it is the same, from -1 to 1; 0 elsewhere.</param>
    /// <param name="noise">Standard deviation of luma's noise.</param>
    public void Solve(Evidence evidence, Raster luma, Raster before, float noise)
    {
        for (int y = 0; y < luma.Height; y++) Prepare(evidence, luma, before, y, noise);
        _across.ExtendVertically();
        _down.ExtendVertically();
        Result.ExtendVertically();
        for (int iteration = 0; iteration < Iterations; iteration += 2)
        {
            Pass(Result, _other);
            Pass(_other, Result);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Prepare(Evidence evidence, Raster luma, Raster before, int y, float noise)
    {
        float* misfit = evidence.Misfit.Row(y), light = evidence.Light.Row(y), past = before.Row(y), own = _own.Row(y), result = Result.Row(y);
        float* here = luma.Row(y), below = luma.Row(y + 1), expected = evidence.Expected.Row(y), expectedBelow = evidence.Expected.Row(y + 1);
        float* across = _across.Row(y), down = _down.Row(y);
        Vector<float> scale = new(1 / (2 * Border * Border * noise * noise)), slope = new(Slope), even = new(Even), least = new(-MostBehind), most = new(MostInFront);
        for (int x = 0; x < luma.Width; x += Vector<float>.Count)
        {
            Vector<float> evident = Vector.Min(Vector.Max((Vector.Load(misfit + x) - even) * slope, least), most) + Vector.Load(past + x) * Memory;
            Vector.Store(evident, own + x);
            Vector.Store(Squash(evident), result + x);
            Vector<float> shade = Vector.Load(light + x), level = Vector.Load(here + x), wanted = Vector.Load(expected + x);
            Vector.Store(Weight(Vector.Load(here + x + 1) - level - shade * (Vector.Load(expected + x + 1) - wanted), scale), across + x);
            Vector.Store(Weight(Vector.Load(below + x) - level - shade * (Vector.Load(expectedBelow + x) - wanted), scale), down + x);
        }

        _across.ExtendRow(y);
        _down.ExtendRow(y);
        Result.ExtendRow(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pass(Raster from, Raster to)
    {
        for (int y = 0; y < from.Height; y++)
        {
            float* own = _own.Row(y), across = _across.Row(y), up = _down.Row(y - 1), down = _down.Row(y);
            float* above = from.Row(y - 1), here = from.Row(y), below = from.Row(y + 1), target = to.Row(y);
            for (int x = 0; x < from.Width; x += Vector<float>.Count)
            {
                Vector<float> sides = Vector.Load(across + x) * Vector.Load(here + x + 1) + Vector.Load(across + x - 1) * Vector.Load(here + x - 1);
                Vector<float> ends = Vector.Load(down + x) * Vector.Load(below + x) + Vector.Load(up + x) * Vector.Load(above + x);
                Vector.Store(Squash(Vector.Load(own + x) + sides + ends), target + x);
            }

            to.ExtendRow(y);
        }

        to.ExtendVertically();
    }

    /// <summary>tanh(x / 2), within 0.03.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Squash(Vector<float> value)
    {
        Vector<float> three = new(3f), half = Vector.Min(Vector.Max(value * 0.5f, -three), three), square = half * half, many = new(27f);
        return half * (many + square) / (many + square * 9f);
    }

    /// <summary>About exp(-z).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Weight(Vector<float> difference, Vector<float> scale)
    {
        Vector<float> z = difference * difference * scale;
        return new Vector<float>(Always) + new Vector<float>(Agreement) / (Vector<float>.One + z + z * z * 0.5f);
    }
}
