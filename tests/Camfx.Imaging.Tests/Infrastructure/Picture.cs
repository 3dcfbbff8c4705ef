using System.Collections.Concurrent;
using Camfx.Frames;

namespace Camfx.Imaging.Tests.Infrastructure;

/// <summary>A frame in an array, for tests that look at single pixels.</summary>
internal sealed unsafe class Picture
{
    // A view keeps nothing alive, and a picture whose last use is its view may be collected while that is still read.
    private static readonly ConcurrentBag<byte[]> s_kept = [];

    private readonly byte[] _pixels;

    public Picture(
        PixelFormat format, int width, int height, ColorMatrix matrix = ColorMatrix.Bt601, ColorRange range = ColorRange.Limited)
    {
        FrameLayout layout = FrameLayout.Packed(format, width, height);
        _pixels = GC.AllocateArray<byte>(layout.Size, pinned: true);
        s_kept.Add(_pixels);
        fixed (byte* memory = _pixels) View = new FrameView(memory, layout, matrix, range);
    }

    public FrameView View { get; }

    public byte this[int plane, int x, int y] => View.Row(plane, y)[x];

    public Picture Set(params ReadOnlySpan<byte> pixels)
    {
        pixels.CopyTo(_pixels);
        return this;
    }

    /// <summary>One of random bytes, the same at each call.</summary>
    public static Picture Noisy(PixelFormat format, int width, int height)
    {
        Picture picture = new(format, width, height);
        new Random(7).NextBytes(picture._pixels);
        return picture;
    }

    /// <summary>One of nothing but this byte.</summary>
    public static Picture Filled(PixelFormat format, int width, int height, byte value)
    {
        Picture picture = new(format, width, height);
        picture._pixels.AsSpan().Fill(value);
        return picture;
    }

    /// <summary>Sets some columns of a luma row.</summary>
    public void Fill(int y, int from, int to, byte value) => new Span<byte>(View.Row(0, y) + from, to - from).Fill(value);

    /// <summary>Sets every sample, by its plane, column and row.</summary>
    public void Paint(Func<int, int, int, byte> code)
    {
        for (int plane = 0; plane < 3; plane++)
        {
            int shift = plane == 0 ? 0 : 1;
            for (int y = 0; y < View.Height + shift >> shift; y++)
                for (int x = 0; x < View.Width + shift >> shift; x++) View.Row(plane, y)[x] = code(plane, x, y);
        }
    }

    public byte[] ToArray() => [.. _pixels];

    public Picture To(PixelFormat format, ColorMatrix matrix = ColorMatrix.Bt601, ColorRange range = ColorRange.Limited)
    {
        Picture target = new(format, View.Width, View.Height, matrix, range);
        Converter.Convert(View, target.View);
        return target;
    }
}
