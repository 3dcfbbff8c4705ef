using Camfx.Frames;
using Camfx.Imaging.Color;
using Camfx.Imaging.Neighbours;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging;

/// <summary>Draws the edges of pictures: how steep the luma is at a sample, by Sobel's operators, through a table of codes.</summary>
/// <remarks>Thread-bound. Only the constructor allocates.</remarks>
public sealed unsafe class EdgeDrawing
{
    private readonly NeighbourWalk _walk;
    private readonly byte[] _table = GC.AllocateArray<byte>(256, pinned: true);

    /// <summary>Prepares for frames up to a width.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="gain">How strong edges are drawn, above 0.</param>
    /// <param name="dark">Dark edges on white instead of light ones on black.</param>
    public EdgeDrawing(int width, double gain, bool dark)
    {
        _walk = new NeighbourWalk(width);
        for (int steepness = 0; steepness < 256; steepness++)
        {
            double drawn = Math.Min(steepness * gain, 219);
            _table[steepness] = (byte)Math.Round(dark ? 235 - drawn : 16 + drawn);
        }
    }

    /// <summary>Draws a frame's edges, in place. Chroma is not touched.</summary>
    /// <param name="frame">A picture with a luma plane, no wider than said to the constructor.</param>
    /// <exception cref="ArgumentException">Format or size do not fit.</exception>
    public void Apply(in FrameView frame)
    {
        FrameCheck.Planar420(frame);
        fixed (byte* table = _table)
            _walk.Run(frame.Plane(0), frame.Stride(0), frame.Plane(0), frame.Stride(0), frame.Width, frame.Height, new Work(table));
    }

    private readonly struct Work(byte* table) : INeighbourWork
    {
        private readonly byte* _table = table;

        public void Run(in NeighbourRow row, int width)
        {
            Traversal.Run<EdgeKernel, NeighbourRow>(row, width);
            Traversal.Run<LookupKernel, PlaneRow>(new PlaneRow { Source0 = row.Target, Source1 = _table, Target0 = row.Target }, width);
        }
    }
}
