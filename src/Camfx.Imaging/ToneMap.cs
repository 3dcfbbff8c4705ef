using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Color;
using Camfx.Imaging.Matting;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging;

/// <summary>Gives each brightness a colour of its own: prints in few inks, false colours. The colours that were there do not count.</summary>
/// <remarks>Thread-bound while the tables are written. <see cref="Apply"/> allocates nothing.</remarks>
public sealed unsafe class ToneMap
{
    private readonly byte[][] _tables = [.. Enumerable.Range(0, 3).Select(static _ => GC.AllocateArray<byte>(256, pinned: true))];

    /// <summary>The Y of each Y.</summary>
    public Span<byte> Luma => _tables[0];

    /// <summary>The U of each Y.</summary>
    public Span<byte> U => _tables[1];

    /// <summary>The V of each Y.</summary>
    public Span<byte> V => _tables[2];

    /// <summary>Maps a frame; its chroma by the mean of the four luma samples it belongs to.</summary>
    /// <param name="source">An I420 picture of even size.</param>
    /// <param name="target">Where it goes: same size; may be the source itself.</param>
    /// <exception cref="ArgumentException">Format or size do not fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(in FrameView source, in FrameView target)
    {
        FrameCheck.I420(source);
        FrameCheck.SameFormat(source, target);
        FrameCheck.SameSize(source, target);
        if (((source.Width | source.Height) & 1) != 0) throw new ArgumentException($"Expected an even size, got {source.Width}x{source.Height}.");
        byte* means = stackalloc byte[FrameLayout.MaxDimension / 2];
        fixed (byte* luma = _tables[0], u = _tables[1], v = _tables[2])
        {
            for (int y = 0; y < source.Height; y += 2)
            {
                PlaneRow row = new() { Source0 = source.Row(0, y), Source1 = source.Row(0, y + 1), Target0 = means };
                Traversal.Run<HalveKernel, PlaneRow>(row, source.Width / 2);
                PlaneLookup.Run(source, target, 0, luma, y, y + 2);
                LookUp(means, u, target.Row(1, y / 2), source.Width / 2);
                LookUp(means, v, target.Row(2, y / 2), source.Width / 2);
            }
        }
    }

    private static void LookUp(byte* codes, byte* table, byte* target, int count)
    {
        PlaneRow row = new() { Source0 = codes, Source1 = table, Target0 = target };
        Traversal.Run<LookupKernel, PlaneRow>(row, count);
    }
}
