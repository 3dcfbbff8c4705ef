using Camfx.Frames;

namespace Camfx.Cairo;

/// <summary>Cairo's colours are multiplied by their alpha; camfx's BGRA is not.</summary>
internal static unsafe class Premultiplied
{
    /// <summary>Divides every colour by its alpha, in place, rounding to the nearest. Runs once a picture, not once a frame.</summary>
    internal static void ToStraight(in FrameView frame)
    {
        for (int y = 0; y < frame.Height; y++)
        {
            Span<byte> row = new(frame.Row(0, y), frame.Width * 4);
            for (int x = 0; x < row.Length; x += 4)
            {
                int alpha = row[x + 3];
                if (alpha is 0 or 255) continue;
                row[x] = Divide(row[x], alpha);
                row[x + 1] = Divide(row[x + 1], alpha);
                row[x + 2] = Divide(row[x + 2], alpha);
            }
        }
    }

    /// <summary>Multiplies every colour by its alpha, rounding to the nearest, into a frame of the same size.</summary>
    internal static void FromStraight(in FrameView source, in FrameView target)
    {
        for (int y = 0; y < source.Height; y++)
        {
            ReadOnlySpan<byte> from = new(source.Row(0, y), source.Width * 4);
            Span<byte> to = new(target.Row(0, y), source.Width * 4);
            for (int x = 0; x < from.Length; x += 4)
            {
                int alpha = from[x + 3];
                to[x] = Multiply(from[x], alpha);
                to[x + 1] = Multiply(from[x + 1], alpha);
                to[x + 2] = Multiply(from[x + 2], alpha);
                to[x + 3] = (byte)alpha;
            }
        }
    }

    private static byte Multiply(int value, int alpha) => (byte)((value * alpha + 127) / 255);

    private static byte Divide(int value, int alpha) => (byte)Math.Min(255, (value * 255 + alpha / 2) / alpha);
}
