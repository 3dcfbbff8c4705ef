namespace Camfx.Imaging.Segmentation;

/// <summary>The empty scene as the segmenter computes with it: chroma around zero, luma at both sizes, noise as a variance.</summary>
internal sealed unsafe class Backdrop
{
    // A pixel whose noise is so many times the usual one is a screen or a leaf, not chance; below, the usual noise is the better estimate.
    private const double Restless = 2;

    // The smallest noise that is believed: rounding alone gives 0.29 levels.
    private const double LeastNoise = 0.5;

    public Backdrop(EmptyScene scene)
    {
        int width = scene.Width, height = scene.Height;
        Luma = new Raster(width, height);
        Variance = new Raster(width, height);
        Reduced = [new Raster(width / 2, height / 2), new Raster(width / 2, height / 2), new Raster(width / 2, height / 2)];
        LumaNoise = (float)Math.Max(LeastNoise, scene.Noise);
        ChromaNoise = (float)Math.Max(LeastNoise, Math.Max(scene.Plane(1).MedianDeviation(), scene.Plane(2).MedianDeviation()));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Luma.Row(y)[x] = Level(scene.Plane(0).Means[y * width + x]);
                float deviation = Level(scene.Plane(0).Deviations[y * width + x]);
                Variance.Row(y)[x] = deviation > Restless * LumaNoise ? deviation * deviation - LumaNoise * LumaNoise : 0;
            }
        }

        for (int y = 0; y < height / 2; y++)
        {
            float* upper = Luma.Row(2 * y), lower = Luma.Row(2 * y + 1);
            for (int x = 0; x < width / 2; x++)
            {
                Reduced[0].Row(y)[x] = (upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1]) / 4 - 128;
                Reduced[1].Row(y)[x] = Level(scene.Plane(1).Means[y * (width / 2) + x]) - 128;
                Reduced[2].Row(y)[x] = Level(scene.Plane(2).Means[y * (width / 2) + x]) - 128;
            }
        }

        Luma.Extend();
    }

    /// <summary>Luma in levels.</summary>
    public Raster Luma { get; }

    /// <summary>What a restless pixel has more than the usual variance, squared levels.</summary>
    public Raster Variance { get; }

    /// <summary>Luma, U and V at chroma's size, minus 128.</summary>
    public Raster[] Reduced { get; }

    /// <summary>The usual standard deviation of luma, in levels.</summary>
    public float LumaNoise { get; }

    /// <summary>That of chroma.</summary>
    public float ChromaNoise { get; }

    private static float Level(ushort value) => value / (float)(1 << ScenePlane.Bits);
}
