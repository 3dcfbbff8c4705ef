using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Conversion;

/// <summary>Moves pixels of four bytes between memory order and one vector a channel.</summary>
internal static unsafe class FourBytePixels
{
    /// <summary>The first three channels of each pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split<TLanes, TBytes, TWords>(byte* pixels, out TBytes first, out TBytes second, out TBytes third)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TBytes a = TLanes.Load(pixels), b = TLanes.Load(pixels + TLanes.Width);
        TBytes c = TLanes.Load(pixels + 2 * TLanes.Width), d = TLanes.Load(pixels + 3 * TLanes.Width);
        // Even bytes are channels 0 and 2 taking turns, odd bytes 1 and 3; the same step again parts them.
        TBytes evenLow = TLanes.Even(a, b), evenHigh = TLanes.Even(c, d);
        first = TLanes.Even(evenLow, evenHigh);
        third = TLanes.Odd(evenLow, evenHigh);
        second = TLanes.Even(TLanes.Odd(a, b), TLanes.Odd(c, d));
    }

    /// <summary>The inverse, with a fourth channel of 255.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Join<TLanes, TBytes, TWords>(byte* pixels, TBytes first, TBytes second, TBytes third)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        TBytes opaque = TLanes.Splat(255);
        TBytes lowFront = TLanes.InterleaveLow(first, second), lowBack = TLanes.InterleaveLow(third, opaque);
        TLanes.Store(pixels, TLanes.InterleaveWordsLow(lowFront, lowBack));
        TLanes.Store(pixels + TLanes.Width, TLanes.InterleaveWordsHigh(lowFront, lowBack));
        TBytes highFront = TLanes.InterleaveHigh(first, second), highBack = TLanes.InterleaveHigh(third, opaque);
        TLanes.Store(pixels + 2 * TLanes.Width, TLanes.InterleaveWordsLow(highFront, highBack));
        TLanes.Store(pixels + 3 * TLanes.Width, TLanes.InterleaveWordsHigh(highFront, highBack));
    }
}
