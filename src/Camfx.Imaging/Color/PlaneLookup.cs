using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Color;

/// <summary>Looks whole planes up in tables.</summary>
internal static unsafe class PlaneLookup
{
    /// <summary>Each byte of a plane through 256 bytes.</summary>
    public static void Run(in FrameView source, in FrameView target, int plane, byte* table) =>
        Run(source, target, plane, table, 0, PlaneGeometry.Rows(source.Format, source.Height, plane));

    /// <summary>The same for the rows from <paramref name="first"/> to before <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in FrameView source, in FrameView target, int plane, byte* table, int first, int end)
    {
        int bytes = PlaneGeometry.RowBytes(source.Format, source.Width, plane);
        for (int y = first; y < end; y++)
        {
            PlaneRow row = new() { Source0 = source.Row(plane, y), Source1 = table, Target0 = target.Row(plane, y) };
            Traversal.Run<LookupKernel, PlaneRow>(row, bytes);
        }
    }
}
