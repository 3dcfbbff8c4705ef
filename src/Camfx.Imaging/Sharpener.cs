using Camfx.Frames;
using Camfx.Imaging.Neighbours;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging;

/// <summary>Makes the edges of I420 pictures stronger: what a luma sample has over its neighbourhood of 5x5 is added to it once more. Differences that are no more than noise are not.</summary>
/// <remarks>Thread-bound. Only the constructor allocates.</remarks>
public sealed unsafe class Sharpener
{
    private readonly NeighbourWalk _walk;
    private readonly short _amount;
    private readonly short _core;

    /// <summary>Prepares for frames up to a width.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="amount">How much of the difference is added, 0 to 2.</param>
    /// <param name="core">Differences up to so many codes are left alone, 0 to 32.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public Sharpener(int width, double amount, int core)
    {
        if (!(amount is >= 0 and <= 2)) throw new ArgumentOutOfRangeException(nameof(amount), amount, "The amount goes from 0 to 2.");
        if (core is < 0 or > 32) throw new ArgumentOutOfRangeException(nameof(core), core, "The core goes from 0 to 32 codes.");
        _walk = new NeighbourWalk(width);
        _amount = (short)Math.Round(amount * 64);
        _core = (short)core;
    }

    /// <summary>Sharpens a frame, in place.</summary>
    /// <param name="frame">A picture with a luma plane, no wider than said to the constructor.</param>
    /// <exception cref="ArgumentException">Format or size do not fit.</exception>
    public void Apply(in FrameView frame)
    {
        FrameCheck.Planar420(frame);
        _walk.Run(frame.Plane(0), frame.Stride(0), frame.Plane(0), frame.Stride(0), frame.Width, frame.Height, new Work(_amount, _core));
    }

    private readonly struct Work(short amount, short core) : INeighbourWork
    {
        public void Run(in NeighbourRow row, int width)
        {
            NeighbourRow own = row;
            (own.Value0, own.Value1) = (amount, core);
            Traversal.Run<ColumnSumKernel, NeighbourRow>(own, width + 2 * ColumnSumKernel.Beyond);
            Traversal.Run<SharpenKernel, NeighbourRow>(own, width);
        }
    }
}
