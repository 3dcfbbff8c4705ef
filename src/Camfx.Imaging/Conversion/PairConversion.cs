using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Conversion;

/// <summary>Runs a kernel between a packed picture and a 4:2:0 one, two rows at a time so that chroma is touched once.</summary>
internal static unsafe class PairConversion
{
    /// <param name="packed">The packed side: source or target, as the kernel says.</param>
    /// <param name="planar">The I420 or NV12 side.</param>
    /// <param name="constants">The kernel's constants, or null.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TKernel>(in FrameView packed, in FrameView planar, short* constants)
        where TKernel : struct, IKernel<RowPair>
    {
        int width = packed.Width, height = packed.Height;
        bool planarChroma = planar.Format == PixelFormat.I420;
        for (int y = 0; y < height; y += 2)
        {
            int next = y + 1 < height ? y + 1 : y;
            RowPair row = new()
            {
                Packed0 = packed.Row(0, y),
                Packed1 = packed.Row(0, next),
                Luma0 = planar.Row(0, y),
                Luma1 = planar.Row(0, next),
                ChromaU = planar.Row(1, y / 2),
                ChromaV = planarChroma ? planar.Row(2, y / 2) : null,
                Constants = constants,
                Width = width,
            };
            Traversal.Run<TKernel, RowPair>(row, width / 2);
            // Half a pair: only the scalar form knows how to stop in the middle.
            if ((width & 1) != 0) Traversal.Scalars<TKernel, RowPair>(row, width / 2, width / 2 + 1);
        }
    }
}
