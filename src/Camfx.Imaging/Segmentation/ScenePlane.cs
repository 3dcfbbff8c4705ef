namespace Camfx.Imaging.Segmentation;

/// <summary>One plane of an empty scene.</summary>
/// <param name="width">Pixels in a row.</param>
/// <param name="means">The mean of each pixel, in levels with <see cref="Bits"/> fractional bits.</param>
/// <param name="deviations">Its standard deviation in time, likewise.</param>
internal sealed class ScenePlane(int width, ushort[] means, ushort[] deviations)
{
    /// <summary>Fractional bits: the mean of 60 frames is known to a fifth of a level at best.</summary>
    public const int Bits = 8;

    public int Width { get; } = width;

    public int Height => Means.Length / Width;

    public ushort[] Means { get; } = means;

    public ushort[] Deviations { get; } = deviations;

    /// <summary>The median of the deviations, in levels.</summary>
    public double MedianDeviation()
    {
        ushort[] sorted = [.. Deviations];
        Array.Sort(sorted);
        return sorted[sorted.Length / 2] / (double)(1 << Bits);
    }
}
