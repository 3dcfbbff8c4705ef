using Camfx.Frames;

namespace Camfx.Cairo.Tests;

/// <summary>Reads pictures back: one pixel, or the bounds of everything that is not transparent.</summary>
internal static unsafe class Pixels
{
    internal static Color At(FrameBuffer picture, int x, int y)
    {
        byte* pixel = picture.View.Row(0, y) + 4 * x;
        return new Color(pixel[2], pixel[1], pixel[0], pixel[3]);
    }

    internal static IEnumerable<Color> All(FrameBuffer picture)
    {
        for (int y = 0; y < picture.Layout.Height; y++)
            for (int x = 0; x < picture.Layout.Width; x++)
                yield return At(picture, x, y);
    }

    /// <summary>Bounds of the pixels that satisfy the condition; all -1 where none does.</summary>
    internal static (int Left, int Top, int Right, int Bottom) Bounds(FrameBuffer picture, Func<Color, bool> condition)
    {
        (int left, int top, int right, int bottom) = (int.MaxValue, int.MaxValue, -1, -1);
        for (int y = 0; y < picture.Layout.Height; y++)
        {
            for (int x = 0; x < picture.Layout.Width; x++)
            {
                if (!condition(At(picture, x, y))) continue;
                (left, top) = (Math.Min(left, x), Math.Min(top, y));
                (right, bottom) = (Math.Max(right, x), Math.Max(bottom, y));
            }
        }

        return right < 0 ? (-1, -1, -1, -1) : (left, top, right, bottom);
    }

    internal static bool IsSame(FrameBuffer one, FrameBuffer other) =>
        one.Layout == other.Layout && one.Bytes.SequenceEqual(other.Bytes);

    internal static int Ink(FrameBuffer picture) => All(picture).Count(color => color.Alpha > 0);
}
