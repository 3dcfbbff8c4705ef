using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Color;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging;

/// <summary>Adds Gaussian noise to the luma of pictures. The same seed gives the same noise; each row takes it from another place of one long strip.</summary>
/// <remarks>Immutable; thread-safe. <see cref="Apply"/> allocates nothing.</remarks>
public sealed unsafe class FilmGrain
{
    // Longer than any row, so that a row may begin at as many places.
    private const int Places = 1 << 16;

    private readonly byte[] _noise = GC.AllocateArray<byte>(Places + FrameLayout.MaxDimension, pinned: true);

    /// <summary>Draws the strip.</summary>
    /// <param name="deviation">Standard deviation of the noise, in codes, 0 to 40.</param>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is out of range.</exception>
    public FilmGrain(double deviation)
    {
        if (!(deviation is >= 0 and <= 40)) throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "The deviation goes from 0 to 40 codes.");
        Random random = new(1);
        for (int i = 0; i < _noise.Length; i++)
        {
            // Box and Muller.
            double length = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())), angle = 2 * Math.PI * random.NextDouble();
            _noise[i] = (byte)Math.Clamp(Math.Round(128 + deviation * length * Math.Cos(angle)), 0, 255);
        }
    }

    /// <summary>Adds grain to a frame, in place.</summary>
    /// <param name="frame">A picture with a luma plane.</param>
    /// <param name="seed">Which grain: another one for each frame.</param>
    /// <exception cref="ArgumentException">The format has no planes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(in FrameView frame, ulong seed)
    {
        FrameCheck.Planar420(frame);
        fixed (byte* noise = _noise)
        {
            for (int y = 0; y < frame.Height; y++)
            {
                PlaneRow row = new() { Source0 = frame.Row(0, y), Source1 = noise + Place(seed, y), Target0 = frame.Row(0, y) };
                Traversal.Run<NoiseKernel, PlaneRow>(row, frame.Width);
            }
        }
    }

    /// <summary>Where in the strip a row begins: the finaliser of SplitMix64, whose bits all depend on all bits of what goes in.</summary>
    private static int Place(ulong seed, int y)
    {
        ulong value = seed * 0x9e3779b97f4a7c15 + (ulong)y;
        value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
        value = (value ^ value >> 27) * 0x94d049bb133111eb;
        return (int)((value ^ value >> 31) % Places);
    }
}
