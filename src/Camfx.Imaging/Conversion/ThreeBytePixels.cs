using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Conversion;

/// <summary>
/// Moves pixels of three bytes between memory order and one vector a channel. Sixteen pixels are 48 bytes: each lane of a vector takes
/// sixteen pixels of its own, so every shuffle stays inside its lane.
/// </summary>
/// <remarks>In the indices, 255 stands for "not from this vector": it shuffles to zero, and the three parts are or-ed.</remarks>
internal static unsafe class ThreeBytePixels
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split<TLanes, TBytes, TWords>(byte* pixels, out TBytes first, out TBytes second, out TBytes third)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TBytes a = TLanes.LoadLanes(pixels, 48), b = TLanes.LoadLanes(pixels + 16, 48), c = TLanes.LoadLanes(pixels + 32, 48);
        first = TLanes.Or(
            TLanes.Or(
                TLanes.ShuffleLanes(a, Vector128.Create((byte)0, 3, 6, 9, 12, 15, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255)),
                TLanes.ShuffleLanes(b, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 2, 5, 8, 11, 14, 255, 255, 255, 255, 255))),
            TLanes.ShuffleLanes(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 4, 7, 10, 13)));
        second = TLanes.Or(
            TLanes.Or(
                TLanes.ShuffleLanes(a, Vector128.Create((byte)1, 4, 7, 10, 13, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255)),
                TLanes.ShuffleLanes(b, Vector128.Create((byte)255, 255, 255, 255, 255, 0, 3, 6, 9, 12, 15, 255, 255, 255, 255, 255))),
            TLanes.ShuffleLanes(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2, 5, 8, 11, 14)));
        third = TLanes.Or(
            TLanes.Or(
                TLanes.ShuffleLanes(a, Vector128.Create((byte)2, 5, 8, 11, 14, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255)),
                TLanes.ShuffleLanes(b, Vector128.Create((byte)255, 255, 255, 255, 255, 1, 4, 7, 10, 13, 255, 255, 255, 255, 255, 255))),
            TLanes.ShuffleLanes(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 3, 6, 9, 12, 15)));
    }

    /// <summary>The inverse.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Join<TLanes, TBytes, TWords>(byte* pixels, TBytes first, TBytes second, TBytes third)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TBytes a = TLanes.Or(
            TLanes.Or(
                TLanes.ShuffleLanes(first, Vector128.Create((byte)0, 255, 255, 1, 255, 255, 2, 255, 255, 3, 255, 255, 4, 255, 255, 5)),
                TLanes.ShuffleLanes(second, Vector128.Create((byte)255, 0, 255, 255, 1, 255, 255, 2, 255, 255, 3, 255, 255, 4, 255, 255))),
            TLanes.ShuffleLanes(third, Vector128.Create((byte)255, 255, 0, 255, 255, 1, 255, 255, 2, 255, 255, 3, 255, 255, 4, 255)));
        TBytes b = TLanes.Or(
            TLanes.Or(
                TLanes.ShuffleLanes(first, Vector128.Create((byte)255, 255, 6, 255, 255, 7, 255, 255, 8, 255, 255, 9, 255, 255, 10, 255)),
                TLanes.ShuffleLanes(second, Vector128.Create((byte)5, 255, 255, 6, 255, 255, 7, 255, 255, 8, 255, 255, 9, 255, 255, 10))),
            TLanes.ShuffleLanes(third, Vector128.Create((byte)255, 5, 255, 255, 6, 255, 255, 7, 255, 255, 8, 255, 255, 9, 255, 255)));
        TBytes c = TLanes.Or(
            TLanes.Or(
                TLanes.ShuffleLanes(first, Vector128.Create((byte)255, 11, 255, 255, 12, 255, 255, 13, 255, 255, 14, 255, 255, 15, 255, 255)),
                TLanes.ShuffleLanes(second, Vector128.Create((byte)255, 255, 11, 255, 255, 12, 255, 255, 13, 255, 255, 14, 255, 255, 15, 255))),
            TLanes.ShuffleLanes(third, Vector128.Create((byte)10, 255, 255, 11, 255, 255, 12, 255, 255, 13, 255, 255, 14, 255, 255, 15)));
        TLanes.StoreLanes(pixels, 48, a);
        TLanes.StoreLanes(pixels + 16, 48, b);
        TLanes.StoreLanes(pixels + 32, 48, c);
    }
}
