using System.Runtime.CompilerServices;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Conversion;

/// <summary>R, G, B.</summary>
internal readonly unsafe struct Rgb24Layout : IRgbLayout
{
    public static int BytesPerPixel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load(byte* pixel, out byte red, out byte green, out byte blue)
    {
        red = pixel[0];
        green = pixel[1];
        blue = pixel[2];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(byte* pixel, byte red, byte green, byte blue)
    {
        pixel[0] = red;
        pixel[1] = green;
        pixel[2] = blue;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load<TLanes, TBytes, TWords>(byte* pixels, out TBytes red, out TBytes green, out TBytes blue)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged =>
        ThreeBytePixels.Split<TLanes, TBytes, TWords>(pixels, out red, out green, out blue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TLanes, TBytes, TWords>(byte* pixels, TBytes red, TBytes green, TBytes blue)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged =>
        ThreeBytePixels.Join<TLanes, TBytes, TWords>(pixels, red, green, blue);
}
