using Camfx.Frames;

namespace Camfx.V4L2.Tests;

/// <summary>Frames to show, and what is the same in them.</summary>
internal static class Pictures
{
    /// <summary>A frame of one value, with its own memory; the caller disposes it.</summary>
    internal static FrameBuffer Flat(PixelFormat format, int width, int height, byte value)
    {
        var frame = new FrameBuffer(FrameLayout.Packed(format, width, height), ColorMatrix.Bt601, ColorRange.Limited);
        frame.Bytes.Fill(value);
        return frame;
    }

    /// <summary>A frame whose bytes count up: every place has another value than its neighbours.</summary>
    internal static FrameBuffer Counting(PixelFormat format, int width, int height, int start = 0)
    {
        var frame = new FrameBuffer(FrameLayout.Packed(format, width, height), ColorMatrix.Bt601, ColorRange.Limited);
        Span<byte> bytes = frame.Bytes;
        for (int at = 0; at < bytes.Length; at++) bytes[at] = (byte)((start + at) * 31 % 251);
        return frame;
    }

    /// <summary>The first byte of each plane of a view.</summary>
    internal static unsafe byte[] Corners(in FrameView view)
    {
        var corners = new byte[PixelFormatInfo.Of(view.Format).PlaneCount];
        for (int plane = 0; plane < corners.Length; plane++) corners[plane] = *view.Plane(plane);
        return corners;
    }

    /// <summary>Every pixel byte of a view, plane by plane, without paddings.</summary>
    internal static unsafe byte[] Bytes(in FrameView view)
    {
        var layout = new FrameLayout(view.Format, view.Width, view.Height, 0, 0);
        using var all = new MemoryStream();
        for (int plane = 0; plane < layout.PlaneCount; plane++)
            for (int row = 0; row < layout.Rows(plane); row++) all.Write(new ReadOnlySpan<byte>(view.Row(plane, row), layout.RowBytes(plane)));
        return all.ToArray();
    }
}
