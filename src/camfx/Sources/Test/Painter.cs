using Camfx.Frames;

namespace Camfx.Sources.Test;

/// <summary>Paints flat rectangles into I420 frames.</summary>
internal static unsafe class Painter
{
    /// <summary>Fills a rectangle. Chroma covers every sample that the rectangle touches from its even corner on.</summary>
    public static void Rectangle(in FrameView target, int x, int y, int width, int height, YuvColor color)
    {
        LumaRectangle(target, x, y, width, height, color.Y);
        int left = Math.Max(x, 0) / 2, top = Math.Max(y, 0) / 2;
        int right = (Math.Min(x + width, target.Width) + 1) / 2, bottom = (Math.Min(y + height, target.Height) + 1) / 2;
        for (int row = top; row < bottom && left < right; row++)
        {
            new Span<byte>(target.Row(1, row) + left, right - left).Fill(color.U);
            new Span<byte>(target.Row(2, row) + left, right - left).Fill(color.V);
        }
    }

    /// <summary>Fills the luma of a rectangle only.</summary>
    public static void LumaRectangle(in FrameView target, int x, int y, int width, int height, byte luma)
    {
        int left = Math.Max(x, 0), right = Math.Min(x + width, target.Width), bottom = Math.Min(y + height, target.Height);
        for (int row = Math.Max(y, 0); row < bottom && left < right; row++)
            new Span<byte>(target.Row(0, row) + left, right - left).Fill(luma);
    }
}
