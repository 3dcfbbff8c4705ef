using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Conversion;

namespace Camfx.Imaging.Color;

/// <summary>Alpha planes and alpha-weighted chroma of an overlay. Runs once for each picture, not for each frame.</summary>
internal static unsafe class OverlayPlanes
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Split(in FrameView picture, in FrameView color, in FrameView alpha, short* constants)
    {
        int red = picture.Format == PixelFormat.Rgba ? 0 : 2, blue = 2 - red;
        for (int y = 0; y < picture.Height; y += 2)
        {
            for (int x = 0; x < picture.Width; x += 2)
            {
                int rows = Math.Min(2, picture.Height - y), columns = Math.Min(2, picture.Width - x), count = rows * columns;
                int weight = 0;
                for (int line = y; line < y + rows; line++)
                {
                    for (int column = x; column < x + columns; column++)
                    {
                        byte opacity = picture.Row(0, line)[4 * column + 3];
                        alpha.Row(0, line)[column] = opacity;
                        weight += opacity;
                    }
                }

                byte mean = (byte)((weight + count / 2) / count);
                alpha.Row(1, y / 2)[x / 2] = mean;
                alpha.Row(2, y / 2)[x / 2] = mean;
                // Where nothing is visible any chroma will do, and where all is, the plain mean is right: the converter's stays.
                if (weight == 0 || weight == 255 * count) continue;

                int reds = 0, greens = 0, blues = 0;
                for (int line = y; line < y + rows; line++)
                {
                    for (int column = x; column < x + columns; column++)
                    {
                        byte* pixel = picture.Row(0, line) + 4 * column;
                        reds += pixel[red] * pixel[3];
                        greens += pixel[1] * pixel[3];
                        blues += pixel[blue] * pixel[3];
                    }
                }

                (byte u, byte v) = RgbToChroma.Of(
                    (reds + weight / 2) / weight, (greens + weight / 2) / weight, (blues + weight / 2) / weight, constants);
                color.Row(1, y / 2)[x / 2] = u;
                color.Row(2, y / 2)[x / 2] = v;
            }
        }
    }
}
