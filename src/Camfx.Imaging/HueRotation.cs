using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Color;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging;

/// <summary>Turns the colours of I420 pictures around the colour circle, and makes them stronger or weaker. Luma stays as it is.</summary>
/// <remarks>Immutable; thread-safe. <see cref="Apply"/> allocates nothing.</remarks>
public sealed unsafe class HueRotation
{
    private readonly short[] _matrix = GC.AllocateArray<short>(4, pinned: true);

    /// <summary>Prepares a rotation.</summary>
    /// <param name="degrees">From U towards V.</param>
    /// <param name="saturation">0 (grey) to 4; 1 keeps it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The saturation is out of range, or the angle is no number.</exception>
    public HueRotation(double degrees, double saturation)
    {
        if (!double.IsFinite(degrees)) throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "The angle is a number of degrees.");
        if (!(saturation is >= 0 and <= 4)) throw new ArgumentOutOfRangeException(nameof(saturation), saturation, "The saturation goes from 0 to 4.");
        double one = saturation * (1 << 12);
        short cosine = (short)Math.Round(Math.Cos(double.DegreesToRadians(degrees)) * one);
        short sine = (short)Math.Round(Math.Sin(double.DegreesToRadians(degrees)) * one);
        ReadOnlySpan<short> matrix = [cosine, (short)-sine, sine, cosine];
        matrix.CopyTo(_matrix);
    }

    /// <summary>Turns the colours of a frame, in place.</summary>
    /// <param name="frame">An I420 picture.</param>
    /// <exception cref="ArgumentException">It is in another format.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(in FrameView frame)
    {
        FrameCheck.I420(frame);
        fixed (short* matrix = _matrix)
        {
            for (int y = 0; y < (frame.Height + 1) / 2; y++)
            {
                byte* u = frame.Row(1, y), v = frame.Row(2, y);
                PlaneRow row = new() { Source0 = u, Source1 = v, Source2 = (byte*)matrix, Target0 = u, Target1 = v };
                Traversal.Run<ChromaKernel, PlaneRow>(row, (frame.Width + 1) / 2);
            }
        }
    }
}
