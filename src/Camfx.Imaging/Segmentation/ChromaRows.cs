using System.Numerics;
using System.Runtime.CompilerServices;

namespace Camfx.Imaging.Segmentation;

/// <summary>For one row of luma, the means of chroma over each pixel's 3x3 window, and the squared edges of what is expected.</summary>
internal sealed unsafe class ChromaRows
{
    private readonly Raster _rows;
    private readonly int _width;

    public ChromaRows(int width)
    {
        _width = width;
        _rows = new Raster(2 * width + 32, 5);
    }

    public float* U => _rows.Row(0);

    public float* V => _rows.Row(1);

    public float* ExpectedU => _rows.Row(2);

    public float* ExpectedV => _rows.Row(3);

    public float* Edges => _rows.Row(4);

    /// <summary>Takes row <paramref name="y"/> of luma from the planes, all extended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(int y, Raster u, Raster v, Raster expectedU, Raster expectedV)
    {
        int here = y / 2, other = y % 2 == 0 ? here - 1 : here + 1;
        Mean(u.Row(here), u.Row(other), U);
        Mean(v.Row(here), v.Row(other), V);
        Mean(expectedU.Row(here), expectedU.Row(other), ExpectedU);
        Mean(expectedV.Row(here), expectedV.Row(other), ExpectedV);
        float* u0 = expectedU.Row(here), u1 = expectedU.Row(here + 1), u2 = expectedU.Row(here - 1);
        float* v0 = expectedV.Row(here), v1 = expectedV.Row(here + 1), v2 = expectedV.Row(here - 1);
        for (int x = 0; x < _width; x += Vector<float>.Count)
        {
            Vector<float> edges = Square(u0 + x + 1, u0 + x - 1) + Square(u1 + x, u2 + x) + Square(v0 + x + 1, v0 + x - 1) + Square(v1 + x, v2 + x);
            Doubling.Interleave(edges, edges, Edges + 2 * x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Square(float* a, float* b)
    {
        Vector<float> difference = Vector.Load(a) - Vector.Load(b);
        return difference * difference;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mean(float* here, float* other, float* target)
    {
        Vector<float> third = new(1f / 3);
        for (int x = 0; x < _width; x += Vector<float>.Count)
            Doubling.Means(At(here + x - 1, other + x - 1, third), At(here + x, other + x, third), At(here + x + 1, other + x + 1, third), target + 2 * x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> At(float* here, float* other, Vector<float> third)
    {
        Vector<float> nearer = Vector.Load(here);
        return (nearer + nearer + Vector.Load(other)) * third;
    }
}
