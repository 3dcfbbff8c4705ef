using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Camfx.Imaging.Segmentation;

/// <summary>
/// How the camera sees the empty scene now: each of Y, U, V is a straight function of the scene's Y, U, V, which holds any change of exposure, black level and white
/// balance. Found by iteratively reweighted least squares (Tukey's biweight), so that people, who do not fit, do not count. It starts at the most frequent
/// ratio of luma and difference of chroma, or where it ended before when more pixels agree with that.
/// </summary>
/// <remarks>Thread-bound. Sums run over four lanes at every vector width, so that the result has the same bits.</remarks>
internal sealed unsafe class ColorFit(Backdrop backdrop)
{
    private const int Iterations = 4, Sums = 22;

    // Saturated luma says nothing about the exposure.
    private const float Brightest = 232 - 128;

    private readonly float[] _coefficients = new float[12];
    private readonly float[] _start = new float[12];
    private readonly ColorMode _mode = new(backdrop);
    private bool _known;

    /// <summary>Three rows of four: what 1, Y, U, V of the scene (minus 128) count for Y, U, V of the picture (minus 128).</summary>
    public ReadOnlySpan<float> Coefficients => _coefficients;

    public void Reset() => _known = false;

    /// <summary>Fits a picture: its Y, U, V at chroma's size, minus 128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fit(Raster[] picture, float noise)
    {
        float* sums = stackalloc float[Sums];
        _mode.Find(picture, _start);
        float tolerance = Math.Max(6, 6 * noise), least = Math.Max(3, 4 * noise);
        Accumulate(picture, _start, tolerance, sums);
        float agree = sums[0];
        if (_known)
        {
            Accumulate(picture, _coefficients, tolerance, sums);
            if (sums[0] < agree) Accumulate(picture, _start, tolerance, sums);
        }

        for (int iteration = 1; ; iteration++)
        {
            LeastSquares.Solve(sums, _start, _coefficients);
            if (iteration == Iterations) break;
            tolerance = Math.Max(least, tolerance * 0.75f);
            Accumulate(picture, _coefficients, tolerance, sums);
        }

        _known = true;
    }

    /// <summary>
    /// The weighted sums of 1, Y, U, V, YY, YU, YV, UU, UV, VV of the scene and of their products with Y, U, V of the picture.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Accumulate(Raster[] picture, float[] c, float tolerance, float* sums)
    {
        Vector128<float>* total = stackalloc Vector128<float>[Sums];
        new Span<Vector128<float>>(total, Sums).Clear();
        Vector128<float> scale = Vector128.Create(1 / (tolerance * tolerance)), one = Vector128.Create(1f), two = Vector128.Create(2f), bright = Vector128.Create(Brightest);
        Raster[] scene = backdrop.Reduced;
        int width = scene[0].Width / 4 * 4;
        for (int y = 0; y < scene[0].Height; y++)
        {
            float* y0 = scene[0].Row(y), u0 = scene[1].Row(y), v0 = scene[2].Row(y), y1 = picture[0].Row(y), u1 = picture[1].Row(y), v1 = picture[2].Row(y);
            for (int x = 0; x < width; x += 4)
            {
                Vector128<float> a = Vector128.Load(y0 + x), b = Vector128.Load(u0 + x), d = Vector128.Load(v0 + x);
                Vector128<float> p = Vector128.Load(y1 + x), q = Vector128.Load(u1 + x), r = Vector128.Load(v1 + x);
                Vector128<float> ey = p - (Vector128.Create(c[0]) + a * c[1] + b * c[2] + d * c[3]);
                Vector128<float> eu = q - (Vector128.Create(c[4]) + a * c[5] + b * c[6] + d * c[7]);
                Vector128<float> ev = r - (Vector128.Create(c[8]) + a * c[9] + b * c[10] + d * c[11]);
                Vector128<float> w = Vector128.Max(Vector128<float>.Zero, one - (ey * ey + two * (eu * eu + ev * ev)) * scale);
                w = w * w & Vector128.LessThan(p, bright);
                Vector128<float> wa = w * a, wb = w * b, wd = w * d, wp = w * p, wq = w * q, wr = w * r;
                total[0] += w;
                total[1] += wa;
                total[2] += wb;
                total[3] += wd;
                total[4] += wa * a;
                total[5] += wa * b;
                total[6] += wa * d;
                total[7] += wb * b;
                total[8] += wb * d;
                total[9] += wd * d;
                total[10] += wp;
                total[11] += wp * a;
                total[12] += wp * b;
                total[13] += wp * d;
                total[14] += wq;
                total[15] += wq * a;
                total[16] += wq * b;
                total[17] += wq * d;
                total[18] += wr;
                total[19] += wr * a;
                total[20] += wr * b;
                total[21] += wr * d;
            }
        }

        for (int i = 0; i < Sums; i++) sums[i] = total[i][0] + total[i][1] + (total[i][2] + total[i][3]);
    }
}
