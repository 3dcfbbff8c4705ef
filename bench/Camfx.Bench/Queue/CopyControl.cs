using Camfx.Frames;

namespace Camfx.Bench.Queue;

/// <summary>Copies pictures as C# does, so that whoever counts copies from outside can show that it finds them.</summary>
internal static class CopyControl
{
    private const int Pictures = 100;

    /// <summary>Prints how many bytes it copied.</summary>
    public static int Run()
    {
        int size = FrameLayout.Packed(PixelFormat.I420, Picture.Width, Picture.Height).Size;
        byte[] source = new byte[size], target = new byte[size];
        for (int i = 0; i < Pictures; i++) source.AsSpan().CopyTo(target);
        Console.WriteLine((long)Pictures * size);
        return target[^1];
    }
}
