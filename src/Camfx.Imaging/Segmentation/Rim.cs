using System.Runtime.CompilerServices;

namespace Camfx.Imaging.Segmentation;

/// <summary>
/// The outline's own pixels, which are part person and part scene: how much of each is in front, from the colour further in and what is expected behind. Every
/// pixel that has some of a person in it differs from the scene, so that without this the outline would lie half a pixel outside.
/// </summary>
/// <remarks>Thread-bound.</remarks>
internal sealed unsafe class Rim
{
    private const int Reach = 2;

    // How far to look in and out, in pixels; and the least contrast, in levels and in standard deviations, that tells a share.
    private const float Distance = 1.6f, LeastContrast = 6, LeastDeviations = 8;

    // What a level of chroma counts beside one of luma: it is known less sharply.
    private const float ChromaWeight = 0.5f;

    private readonly int _width;
    private readonly int _height;
    private readonly float[] _weights = new float[(2 * Reach + 1) * (2 * Reach + 1)];

    public Rim(int width, int height)
    {
        _width = width;
        _height = height;
        for (int y = -Reach; y <= Reach; y++)
            for (int x = -Reach; x <= Reach; x++) _weights[(y + Reach) * (2 * Reach + 1) + x + Reach] = MathF.Exp(-(x * x + y * y) / 4.5f);
    }

    /// <summary>Writes the mask's row: 0 behind, 255 in front, between at the outline.</summary>
    /// <param name="front">Zeros and ones.</param>
    /// <param name="y">The row.</param>
    /// <param name="evidence">What is expected.</param>
    /// <param name="luma">The picture's luma.</param>
    /// <param name="u">Its U minus 128, extended.</param>
    /// <param name="v">Its V minus 128, extended.</param>
    /// <param name="noise">Standard deviation of luma's noise.</param>
    /// <param name="mask">Where it is written to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Row(byte[] front, int y, Evidence evidence, Raster luma, Raster u, Raster v, float noise, byte* mask)
    {
        ReadOnlySpan<byte> here = front.AsSpan(y * _width, _width);
        ReadOnlySpan<byte> above = front.AsSpan(Math.Max(y - 1, 0) * _width, _width), below = front.AsSpan(Math.Min(y + 1, _height - 1) * _width, _width);
        for (int x = 0; x < _width; x++)
        {
            mask[x] = (byte)-here[x];
            if (here[x] == 0) continue;
            int sides = above[x] + below[x] + here[Math.Max(x - 1, 0)] + here[Math.Min(x + 1, _width - 1)];
            if (sides == 4) continue;
            mask[x] = Share(front, x, y, evidence, luma, u, v, noise);
        }
    }

    private byte Share(byte[] front, int x, int y, Evidence evidence, Raster luma, Raster u, Raster v, float noise)
    {
        float towardsX = 0, towardsY = 0;
        for (int dy = -Reach; dy <= Reach; dy++)
        {
            int row = Math.Clamp(y + dy, 0, _height - 1) * _width;
            for (int dx = -Reach; dx <= Reach; dx++)
            {
                float weight = front[row + Math.Clamp(x + dx, 0, _width - 1)] * _weights[(dy + Reach) * (2 * Reach + 1) + dx + Reach];
                towardsX += weight * dx;
                towardsY += weight * dy;
            }
        }

        float length = MathF.Sqrt(towardsX * towardsX + towardsY * towardsY);
        if (length < 1e-3f) return 255;
        int stepX = (int)MathF.Round(Distance * towardsX / length), stepY = (int)MathF.Round(Distance * towardsY / length);
        int inX = Math.Clamp(x + stepX, 0, _width - 1), inY = Math.Clamp(y + stepY, 0, _height - 1);
        int outX = Math.Clamp(x - stepX, 0, _width - 1), outY = Math.Clamp(y - stepY, 0, _height - 1);
        if (front[inY * _width + inX] == 0 || front[outY * _width + outX] != 0) return 255;
        float light = evidence.Light.Row(outY)[outX], behind = light * evidence.Expected.Row(y)[x], contrast = luma.Row(inY)[inX] - behind;
        float product = (luma.Row(y)[x] - behind) * contrast, square = contrast * contrast;
        for (int plane = 0; plane < 2; plane++)
        {
            // Chroma's pixels are twice as large: it is looked at twice as far in.
            Raster chroma = plane == 0 ? u : v, expected = evidence.ExpectedChroma(plane + 1);
            int deepX = Math.Clamp(x + 2 * stepX, 0, _width - 1), deepY = Math.Clamp(y + 2 * stepY, 0, _height - 1);
            float wall = light * Between(expected, x, y), further = chroma.Row(deepY / 2)[deepX / 2] - wall;
            product += ChromaWeight * (Between(chroma, x, y) - wall) * further;
            square += ChromaWeight * further * further;
        }

        float least = MathF.Max(LeastContrast, LeastDeviations * noise);
        if (square < least * least) return 255;
        return (byte)MathF.Round(255 * Math.Clamp(product / square, 0, 1));
    }

    /// <summary>Chroma at a pixel of luma, on the straight lines between its own pixels.</summary>
    private static float Between(Raster chroma, int x, int y)
    {
        int right = x % 2 == 0 ? -1 : 1;
        float* here = chroma.Row(y / 2) + x / 2, other = chroma.Row(y % 2 == 0 ? y / 2 - 1 : y / 2 + 1) + x / 2;
        return (9 * here[0] + 3 * here[right] + 3 * other[0] + other[right]) * (1 / 16f);
    }
}
