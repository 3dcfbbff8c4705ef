using Camfx.Frames;
using Camfx.Imaging.Color;

namespace Camfx.Imaging;

/// <summary>One table of 256 codes for each plane of an I420 picture: whatever can be done to every sample by itself. It begins as what changes nothing.</summary>
/// <remarks>Thread-bound while the tables are written. <see cref="Apply"/> allocates nothing.</remarks>
public sealed unsafe class PlaneTables
{
    private static readonly byte[] s_same = [.. Enumerable.Range(0, 256).Select(static code => (byte)code)];

    private readonly byte[][] _tables = [.. Enumerable.Range(0, 3).Select(static _ => NewTable())];

    /// <summary>The codes of Y.</summary>
    public Span<byte> Luma => _tables[0];

    /// <summary>The codes of U.</summary>
    public Span<byte> U => _tables[1];

    /// <summary>The codes of V.</summary>
    public Span<byte> V => _tables[2];

    /// <summary>Looks a frame up. A plane whose table changes nothing costs nothing in place.</summary>
    /// <param name="source">An I420 picture.</param>
    /// <param name="target">Where it goes: same size; may be the source itself.</param>
    /// <exception cref="ArgumentException">Format or size do not fit.</exception>
    public void Apply(in FrameView source, in FrameView target)
    {
        FrameCheck.I420(source);
        FrameCheck.SameFormat(source, target);
        FrameCheck.SameSize(source, target);
        for (int plane = 0; plane < 3; plane++)
        {
            if (!_tables[plane].AsSpan().SequenceEqual(s_same))
            {
                fixed (byte* table = _tables[plane]) PlaneLookup.Run(source, target, plane, table);
            }
            else if (source.Plane(plane) != target.Plane(plane))
            {
                FrameCopy.CopyPlane(source, target, plane);
            }
        }
    }

    private static byte[] NewTable()
    {
        byte[] table = GC.AllocateArray<byte>(256, pinned: true);
        s_same.CopyTo(table, 0);
        return table;
    }
}
