using Camfx.Frames;

namespace Camfx.Bench.Effects;

/// <summary>A picture as cameras give them: smooth, with edges, and some noise.</summary>
internal static unsafe class Scene
{
    /// <summary>Draws it.</summary>
    public static void Draw(in FrameView view)
    {
        Random random = new(1);
        for (int plane = 0; plane < 3; plane++)
        {
            int shift = plane == 0 ? 0 : 1;
            for (int y = 0; y < view.Height >> shift; y++)
            {
                for (int x = 0; x < view.Width >> shift; x++)
                {
                    double smooth = 128 + 70 * Math.Sin((x << shift) / 170.0 + plane) * Math.Cos((y << shift) / 130.0 - plane);
                    double edge = (x << shift >> 7 & 1) == (y << shift >> 7 & 1) ? 12 : -12;
                    view.Row(plane, y)[x] = (byte)Math.Clamp(smooth + edge + random.Next(-4, 5), 16, 235);
                }
            }
        }
    }
}
