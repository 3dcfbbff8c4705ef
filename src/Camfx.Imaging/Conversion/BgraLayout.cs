using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Conversion;

/// <summary>B, G, R, A.</summary>
internal readonly unsafe struct BgraLayout : IRgbLayout
{
    public static int BytesPerPixel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* pixel, out byte red, out byte green, out byte blue)
    {
        red = pixel[2];
        green = pixel[1];
        blue = pixel[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* pixel, byte red, byte green, byte blue)
    {
        pixel[2] = red;
        pixel[1] = green;
        pixel[0] = blue;
        pixel[3] = 255;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load<TLanes, TBytes, TWords>(byte* pixels, out TBytes red, out TBytes green, out TBytes blue)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged =>
        FourBytePixels.Split<TLanes, TBytes, TWords>(pixels, out blue, out green, out red);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes, TBytes, TWords>(byte* pixels, TBytes red, TBytes green, TBytes blue)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged =>
        FourBytePixels.Join<TLanes, TBytes, TWords>(pixels, blue, green, red);
}
