using System.Runtime.CompilerServices;

namespace Camfx.Imaging.Segmentation;

/// <summary>The noise of one picture: the median difference from what is expected, over the pixels that are near it.</summary>
/// <remarks>Thread-bound.</remarks>
internal sealed unsafe class NoiseMeter
{
    private const int BinsPerLevel = 16, Least = 100;

    // A normal distribution's standard deviation over its median difference.
    private const float Normal = 1.4826f;

    // Beyond the noise of the empty scene by more than this is not noise.
    private const float Most = 3;

    private readonly int[] _bins = new int[256 * BinsPerLevel];

    /// <summary>The standard deviation, between <paramref name="usual"/> and three times that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float Measure(Raster now, Raster expected, float usual)
    {
        int range = (int)MathF.Ceiling(BinsPerLevel * MathF.Max(4, 4 * usual)), count = 0;
        if (range > _bins.Length) range = _bins.Length;
        Array.Clear(_bins, 0, range);
        for (int y = 0; y < now.Height; y++)
        {
            float* a = now.Row(y), b = expected.Row(y);
            for (int x = y & 3; x < now.Width; x += 4)
            {
                int bin = (int)(MathF.Abs(a[x] - b[x]) * BinsPerLevel);
                if (bin >= range) continue;
                _bins[bin]++;
                count++;
            }
        }

        if (count < Least) return usual;
        int place = 0;
        for (int below = 0; (below += _bins[place]) * 2 < count; place++)
        {
        }

        return Math.Clamp((place + 0.5f) / BinsPerLevel * Normal, usual, Most * usual);
    }
}
