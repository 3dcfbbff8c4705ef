using System.Runtime.CompilerServices;

namespace Camfx.Imaging.Segmentation;

/// <summary>A first guess at how the camera sees the scene now: the most frequent ratio of luma, and the most frequent differences of chroma where that ratio holds.</summary>
internal sealed unsafe class ColorMode(Backdrop backdrop)
{
    private const int RatioBins = 200, ChromaBins = 120;
    private const float RatioStep = 0.005f, LeastRatio = 0.5f, ChromaStep = 0.5f, LeastChroma = -30, Near = 5;

    private readonly int[] _bins = new int[RatioBins];

    /// <summary>Writes three rows of four coefficients as <see cref="ColorFit"/> has them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Find(Raster[] picture, float[] coefficients)
    {
        Raster[] scene = backdrop.Reduced;
        Array.Clear(_bins);
        for (int y = 0; y < scene[0].Height; y++)
        {
            float* before = scene[0].Row(y), now = picture[0].Row(y);
            for (int x = y & 1; x < scene[0].Width; x += 2)
            {
                int bin = (int)(((now[x] + 129) / (before[x] + 129) - LeastRatio) * (1 / RatioStep));
                if ((uint)bin < RatioBins) _bins[bin]++;
            }
        }

        float ratio = LeastRatio + (Most(RatioBins) + 0.5f) * RatioStep;
        Array.Clear(coefficients);
        coefficients[0] = 128 * ratio - 128;
        coefficients[1] = ratio;
        coefficients[6] = 1;
        coefficients[11] = 1;
        for (int plane = 1; plane < 3; plane++)
        {
            Array.Clear(_bins);
            for (int y = 0; y < scene[0].Height; y++)
            {
                float* before = scene[0].Row(y), now = picture[0].Row(y), chromaBefore = scene[plane].Row(y), chroma = picture[plane].Row(y);
                for (int x = y & 1; x < scene[0].Width; x += 2)
                {
                    if (MathF.Abs(now[x] + 128 - ratio * (before[x] + 128)) > Near) continue;
                    int bin = (int)((chroma[x] - chromaBefore[x] - LeastChroma) * (1 / ChromaStep));
                    if ((uint)bin < ChromaBins) _bins[bin]++;
                }
            }

            coefficients[4 * plane] = LeastChroma + (Most(ChromaBins) + 0.5f) * ChromaStep;
        }
    }

    /// <summary>The place with most around it.</summary>
    private int Most(int count)
    {
        int most = 0, place = count / 2;
        for (int i = 2; i < count - 2; i++)
        {
            int sum = _bins[i - 2] + 2 * _bins[i - 1] + 3 * _bins[i] + 2 * _bins[i + 1] + _bins[i + 2];
            if (sum <= most) continue;
            most = sum;
            place = i;
        }

        return place;
    }
}
