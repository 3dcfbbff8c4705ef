using Camfx.Frames;
using Camfx.Imaging.Neighbours;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging;

/// <summary>Makes a relief of pictures, lit from above left: grey where the luma is flat.</summary>
/// <remarks>Thread-bound. Only the constructor allocates.</remarks>
public sealed unsafe class Embossing
{
    private readonly NeighbourWalk _walk;
    private readonly short _gain;

    /// <summary>Prepares for frames up to a width.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="gain">How deep the relief is, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gain is out of range.</exception>
    public Embossing(int width, double gain)
    {
        if (!(gain is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(gain), gain, "The gain goes from 0 to 1.");
        _walk = new NeighbourWalk(width);
        _gain = (short)Math.Round(gain * 64);
    }

    /// <summary>Makes a relief of a frame, in place. Chroma is not touched.</summary>
    /// <param name="frame">A picture with a luma plane, no wider than said to the constructor.</param>
    /// <exception cref="ArgumentException">Format or size do not fit.</exception>
    public void Apply(in FrameView frame)
    {
        FrameCheck.Planar420(frame);
        _walk.Run(frame.Plane(0), frame.Stride(0), frame.Plane(0), frame.Stride(0), frame.Width, frame.Height, new Work(_gain));
    }

    private readonly struct Work(short gain) : INeighbourWork
    {
        public void Run(in NeighbourRow row, int width)
        {
            NeighbourRow own = row;
            own.Value0 = gain;
            Traversal.Run<EmbossKernel, NeighbourRow>(own, width);
        }
    }
}
