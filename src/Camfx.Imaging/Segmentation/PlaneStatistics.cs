using System.Runtime.CompilerServices;
using Camfx.Frames;

namespace Camfx.Imaging.Segmentation;

/// <summary>Sums over time of one plane's pixels.</summary>
/// <remarks>Thread-bound. Good for 66 000 pictures: more overflow the sums of squares.</remarks>
internal sealed unsafe class PlaneStatistics(int width, int height)
{
    private readonly uint[] _sums = new uint[width * height];
    private readonly uint[] _squares = new uint[width * height];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in FrameView picture, int plane)
    {
        for (int y = 0; y < height; y++)
        {
            byte* row = picture.Row(plane, y);
            for (int x = 0; x < width; x++)
            {
                uint value = row[x];
                _sums[y * width + x] += value;
                _squares[y * width + x] += value * value;
            }
        }
    }

    public ScenePlane Finish(int count)
    {
        ushort[] means = new ushort[_sums.Length], deviations = new ushort[_sums.Length];
        for (int i = 0; i < _sums.Length; i++)
        {
            double mean = (double)_sums[i] / count, variance = (_squares[i] - mean * _sums[i]) / (count - 1);
            means[i] = (ushort)Math.Round(mean * (1 << ScenePlane.Bits));
            deviations[i] = (ushort)Math.Round(Math.Sqrt(Math.Max(variance, 0)) * (1 << ScenePlane.Bits));
        }

        return new ScenePlane(width, means, deviations);
    }
}
