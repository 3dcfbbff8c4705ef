using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Conversion;

/// <summary>How a packed RGB format holds its bytes. Vectors hold one channel of as many pixels as the vector has bytes.</summary>
internal unsafe interface IRgbLayout
{
    static abstract int BytesPerPixel { get; }

    static abstract void Load(byte* pixel, out byte red, out byte green, out byte blue);

    /// <summary>Stores a pixel; where there is alpha it becomes opaque.</summary>
    static abstract void Store(byte* pixel, byte red, byte green, byte blue);

    static abstract void Load<TLanes, TBytes, TWords>(byte* pixels, out TBytes red, out TBytes green, out TBytes blue)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged;

    static abstract void Store<TLanes, TBytes, TWords>(byte* pixels, TBytes red, TBytes green, TBytes blue)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged;
}
