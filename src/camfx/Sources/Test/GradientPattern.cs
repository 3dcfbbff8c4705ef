using Camfx.Frames;

namespace Camfx.Sources.Test;

/// <summary>Luma from black to white left to right, hue from top to bottom: shows banding and range mistakes.</summary>
internal sealed unsafe class GradientPattern : ITestPattern
{
    public bool IsStill => true;

    public void Paint(in FrameView target, long frame)
    {
        int width = target.Width, height = target.Height;
        for (int y = 0; y < height; y++)
        {
            byte* luma = target.Row(0, y);
            for (int x = 0; x < width; x++) luma[x] = (byte)(16 + 219 * x / Math.Max(width - 1, 1));
        }

        for (int y = 0; y < height / 2; y++)
        {
            double angle = 2 * Math.PI * y / (height / 2);
            new Span<byte>(target.Row(1, y), width / 2).Fill((byte)(128 + 64 * Math.Cos(angle)));
            new Span<byte>(target.Row(2, y), width / 2).Fill((byte)(128 + 64 * Math.Sin(angle)));
        }
    }
}
