using Camfx.Frames;

namespace Camfx.Imaging;

/// <summary>Views of a part of a frame: cropping without a copy.</summary>
/// <remarks>Thread-safe; allocates nothing.</remarks>
public static unsafe class Region
{
    /// <summary>The part of <paramref name="view"/> inside <paramref name="area"/>, in the same memory.</summary>
    /// <param name="view">Any format with pixels.</param>
    /// <param name="area">
    /// A part of the frame that is not empty. Its left and top edges are multiples of the format's chroma block (2 for 4:2:0, 2 and 1 for
    /// 4:2:2); so are its right and bottom edges, unless they are the frame's own.
    /// </param>
    /// <exception cref="ArgumentException">The area is empty, leaves the frame or cuts a chroma sample.</exception>
    public static FrameView Of(in FrameView view, in PixelRectangle area)
    {
        PixelFormatInfo info = PixelFormatInfo.Of(view.Format);
        bool inside = area is { X: >= 0, Y: >= 0, Width: > 0, Height: > 0 } && area.Right <= view.Width && area.Bottom <= view.Height;
        if (!inside)
            throw new ArgumentException(
                $"The area {area.Width}x{area.Height}+{area.X}+{area.Y} is not inside the {view.Width}x{view.Height} picture.", nameof(area));
        int blockX = (1 << info.ChromaShiftX) - 1, blockY = (1 << info.ChromaShiftY) - 1;
        bool aligned = (area.X & blockX) == 0 && (area.Y & blockY) == 0
            && ((area.Right & blockX) == 0 || area.Right == view.Width) && ((area.Bottom & blockY) == 0 || area.Bottom == view.Height);
        if (!aligned)
            throw new ArgumentException(
                $"The area {area.Width}x{area.Height}+{area.X}+{area.Y} cuts chroma samples of {view.Format}; use even numbers.", nameof(area));

        byte* plane1 = view.Plane(1), plane2 = view.Plane(2);
        if (plane1 != null)
            plane1 = view.Row(1, area.Y >> info.ChromaShiftY) + (view.Format == PixelFormat.Nv12 ? area.X : area.X / 2);
        if (plane2 != null) plane2 = view.Row(2, area.Y >> info.ChromaShiftY) + area.X / 2;
        return new FrameView(
            view.Format, area.Width, area.Height, view.Matrix, view.Range,
            view.Row(0, area.Y) + area.X * info.BytesPerPixel, view.Stride(0),
            plane1, view.Stride(1), plane2, view.Stride(2));
    }
}
