using Camfx.Frames;
using Camfx.Imaging.Color;
using Camfx.Imaging.Neighbours;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging;

/// <summary>Draws pictures as cartoons: luma smoothed and laid in few flat tones, with ink where it is steep.</summary>
/// <remarks>Thread-bound. Only the constructor allocates.</remarks>
public sealed unsafe class CartoonDrawing
{
    private const short Black = 16;

    private readonly NeighbourWalk _walk;
    private readonly byte[] _tones = GC.AllocateArray<byte>(256, pinned: true);
    private readonly byte[] _ink = GC.AllocateArray<byte>(256, pinned: true);

    /// <summary>Prepares for frames up to a width.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="tones">The tone of each luma.</param>
    /// <param name="ink">How much darker each steepness (0 to 255) is drawn.</param>
    /// <exception cref="ArgumentException">A table has not 256 entries.</exception>
    public CartoonDrawing(int width, ReadOnlySpan<byte> tones, ReadOnlySpan<byte> ink)
    {
        if (tones.Length != 256 || ink.Length != 256) throw new ArgumentException($"Expected tables of 256 entries, got {tones.Length} and {ink.Length}.");
        _walk = new NeighbourWalk(width);
        tones.CopyTo(_tones);
        ink.CopyTo(_ink);
    }

    /// <summary>Draws a frame, in place. Chroma is not touched.</summary>
    /// <param name="frame">A picture with a luma plane, no wider than said to the constructor.</param>
    /// <exception cref="ArgumentException">Format or size do not fit.</exception>
    public void Apply(in FrameView frame)
    {
        FrameCheck.Planar420(frame);
        fixed (byte* tones = _tones, ink = _ink)
            _walk.Run(frame.Plane(0), frame.Stride(0), frame.Plane(0), frame.Stride(0), frame.Width, frame.Height, new Work(tones, ink));
    }

    private readonly struct Work(byte* tones, byte* ink) : INeighbourWork
    {
        private readonly byte* _tones = tones;
        private readonly byte* _ink = ink;

        public void Run(in NeighbourRow row, int width)
        {
            Traversal.Run<ColumnSumKernel, NeighbourRow>(row, width + 2 * ColumnSumKernel.Beyond);
            Traversal.Run<BlurKernel, NeighbourRow>(row, width);
            Traversal.Run<LookupKernel, PlaneRow>(new PlaneRow { Source0 = row.Target, Source1 = _tones, Target0 = row.Target }, width);

            // The sums of columns are used up: their place takes the ink.
            NeighbourRow edges = row;
            edges.Target = (byte*)row.Words;
            Traversal.Run<EdgeKernel, NeighbourRow>(edges, width);
            Traversal.Run<LookupKernel, PlaneRow>(new PlaneRow { Source0 = edges.Target, Source1 = _ink, Target0 = edges.Target }, width);
            Traversal.Run<InkKernel, PlaneRow>(
                new PlaneRow { Source0 = row.Target, Source1 = edges.Target, Target0 = row.Target, Value = Black }, width);
        }
    }
}
