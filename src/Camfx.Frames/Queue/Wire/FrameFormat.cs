using System.Runtime.InteropServices;

namespace Camfx.Frames.Queue.Wire;

/// <summary>How the pixels of a frame lie in its slot, as in shared memory: 48 bytes. Untrusted until <see cref="Read"/> returns null.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FrameFormat
{
    public uint FourCC;
    public uint Width;
    public uint Height;
    public uint PlaneCount;
    public uint Offset0;
    public uint Offset1;
    public uint Offset2;
    public uint Stride0;
    public uint Stride1;
    public uint Stride2;
    public uint Matrix;
    public uint Range;

    public static FrameFormat Of(in FrameLayout layout, ColorMatrix matrix, ColorRange range) => new()
    {
        FourCC = PixelFormatInfo.Of(layout.Format).FourCC,
        Width = (uint)layout.Width,
        Height = (uint)layout.Height,
        PlaneCount = (uint)layout.PlaneCount,
        Offset0 = (uint)layout.Offset(0),
        Offset1 = (uint)layout.Offset(1),
        Offset2 = (uint)layout.Offset(2),
        Stride0 = (uint)layout.Stride(0),
        Stride1 = (uint)layout.Stride(1),
        Stride2 = (uint)layout.Stride(2),
        Matrix = (uint)matrix,
        Range = (uint)range,
    };

    /// <summary>
    /// Turns a copy taken from shared memory into a layout whose every row lies within <paramref name="frameSize"/> bytes, at most
    /// <see cref="int.MaxValue"/>. Returns null, or what is wrong with it.
    /// </summary>
    public readonly string? Read(long frameSize, out FrameLayout layout)
    {
        layout = default;
        PixelFormat format = PixelFormatInfo.FromFourCC(FourCC);
        if (format is PixelFormat.Unknown or PixelFormat.Mjpeg)
            return $"has fourcc '{Frames.FourCC.ToString(FourCC)}', which is no raw format known here";
        if (Width > FrameLayout.MaxDimension || Height > FrameLayout.MaxDimension)
            return $"is {Width}x{Height}, expected 1x1 to {FrameLayout.MaxDimension}x{FrameLayout.MaxDimension}";
        PixelFormatInfo info = PixelFormatInfo.Of(format);
        if (PlaneCount != (uint)info.PlaneCount) return $"has {PlaneCount} planes, but '{info.Name}' has {info.PlaneCount}";
        if (Matrix is not ((uint)ColorMatrix.Bt601 or (uint)ColorMatrix.Bt709)) return $"has colour matrix {Matrix}, expected 1 or 2";
        if (Range is not ((uint)ColorRange.Limited or (uint)ColorRange.Full)) return $"has colour range {Range}, expected 1 or 2";
        uint largest = Math.Max(Math.Max(Offset0, Math.Max(Offset1, Offset2)), Math.Max(Stride0, Math.Max(Stride1, Stride2)));
        if (largest > frameSize) return $"has an offset or stride of {largest} in a frame of {frameSize} bytes";
        string? fault = LayoutCheck.Explain(Layout(format, 0), frameSize, out long used);
        if (fault == null) layout = Layout(format, (int)used);
        return fault;
    }

    private readonly FrameLayout Layout(PixelFormat format, int size) => new(
        format, (int)Width, (int)Height, (int)Offset0, (int)Stride0, (int)Offset1, (int)Stride1, (int)Offset2, (int)Stride2, size);
}
