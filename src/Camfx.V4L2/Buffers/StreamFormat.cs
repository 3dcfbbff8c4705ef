using Camfx.Frames;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2;

/// <summary>The format a driver has settled on: what VIDIOC_S_FMT and G_FMT gave back, and where in a buffer each plane lies by it.</summary>
internal sealed unsafe class StreamFormat
{
    private readonly int[] _sizes;

    internal StreamFormat(in v4l2_format format, WireFormat wire)
    {
        Wire = wire;
        BufferType = format.type;
        IsMultiPlanar = format.type is V4L2_BUF_TYPE_VIDEO_CAPTURE_MPLANE or V4L2_BUF_TYPE_VIDEO_OUTPUT_MPLANE;
        if (IsMultiPlanar)
        {
            v4l2_pix_format_mplane many = format.pix_mp;
            (Width, Height, Field) = ((int)many.width, (int)many.height, many.field);
            MemoryPlanes = Math.Clamp((int)many.num_planes, 1, 3);
            _sizes = new int[MemoryPlanes];
            for (int plane = 0; plane < MemoryPlanes; plane++) _sizes[plane] = (int)many.plane_fmt[plane].sizeimage;
            Stride = (int)many.plane_fmt[0].bytesperline;
            ChromaStride = MemoryPlanes > 1 ? (int)many.plane_fmt[1].bytesperline : 0;
            (Matrix, Range) = Color(wire, many.colorspace, many.ycbcr_enc, many.quantization);
        }
        else
        {
            v4l2_pix_format one = format.pix;
            (Width, Height, Field) = ((int)one.width, (int)one.height, one.field);
            MemoryPlanes = 1;
            _sizes = [(int)one.sizeimage];
            Stride = (int)one.bytesperline;
            (Matrix, Range) = Color(wire, one.colorspace, one.ycbcr_enc, one.quantization);
        }

        if (!wire.IsCoded) Layout = LayOut();
    }

    internal WireFormat Wire { get; }

    internal uint BufferType { get; }

    internal bool IsMultiPlanar { get; }

    internal int Width { get; }

    internal int Height { get; }

    internal uint Field { get; }

    internal int MemoryPlanes { get; }

    internal ColorMatrix Matrix { get; }

    internal ColorRange Range { get; }

    /// <summary>
    /// Strides, and offsets in the one block of memory, or for several blocks as if they followed each other; its size is that of the buffer.
    /// Nothing for coded pictures.
    /// </summary>
    internal FrameLayout Layout { get; }

    /// <summary>Why the layout the driver told cannot be right; null: it can.</summary>
    internal string? Fault { get; private set; }

    private int Stride { get; }

    private int ChromaStride { get; }

    /// <summary>Bytes of one block of a buffer (sizeimage).</summary>
    internal int Size(int plane) => _sizes[plane];

    /// <summary>Bytes of one block that a whole frame fills; 1 for coded pictures.</summary>
    internal int Needed(int plane)
    {
        if (Wire.IsCoded) return 1;
        if (MemoryPlanes > 1) return Layout.Stride(plane) * (Layout.Rows(plane) - 1) + Layout.RowBytes(plane);
        int end = 0;
        for (int part = 0; part < Layout.PlaneCount; part++)
            end = Math.Max(end, Layout.Offset(part) + Layout.Stride(part) * (Layout.Rows(part) - 1) + Layout.RowBytes(part));
        return end;
    }

    /// <summary>The picture in a buffer whose blocks begin at these addresses.</summary>
    internal FrameView View(byte* plane0, byte* plane1 = null, byte* plane2 = null)
    {
        if (MemoryPlanes == 1) return new FrameView(plane0, Layout, Matrix, Range);
        bool swap = Wire.VBeforeU && MemoryPlanes == 3;
        return new FrameView(
            Layout.Format, Width, Height, Matrix, Range, plane0, Layout.Stride(0), swap ? plane2 : plane1, Layout.Stride(1),
            swap ? plane1 : plane2, Layout.Stride(2));
    }

    private FrameLayout LayOut()
    {
        var shape = new FrameLayout(Wire.Format, Width, Height, 0, 0);
        // Zero where a driver leaves it out: rows without gaps.
        int stride = Math.Max(Stride, Stride == 0 ? shape.RowBytes(0) : 0);
        int planes = shape.PlaneCount;
        // linux/videodev2.h: planar chroma has half as many padding bytes, so half the stride; interleaved chroma has all of it.
        int chroma = planes == 1 ? 0
            : ChromaStride != 0 ? ChromaStride
            : planes == 2 ? stride
            : Math.Max(stride / 2, shape.RowBytes(1));
        int second = MemoryPlanes > 1 ? _sizes[0] : stride * Height;
        int third = planes < 3 ? 0 : second + (MemoryPlanes > 2 ? _sizes[1] : chroma * shape.Rows(1));
        int total = 0;
        foreach (int size in _sizes) total += size;
        int end = planes switch { 1 => stride * Height, 2 => second + chroma * shape.Rows(1), _ => third + chroma * shape.Rows(2) };
        if (stride < shape.RowBytes(0) || (planes > 1 && chroma < shape.RowBytes(1)) || end > total)
        {
            Fault = $"{Width}x{Height} {FourCC.ToString(Wire.FourCC)} with {stride} bytes a row does not fit into the {total} bytes of its buffers";
        }

        bool swap = Wire.VBeforeU && planes == 3 && MemoryPlanes == 1;
        return new FrameLayout(
            Wire.Format, Width, Height, 0, stride, swap ? third : planes > 1 ? second : 0, chroma, swap ? second : third, planes > 2 ? chroma : 0,
            total);
    }

    // Defaults as linux/videodev2.h has them (V4L2_MAP_YCBCR_ENC_DEFAULT, V4L2_MAP_QUANTIZATION_DEFAULT). A driver that says nothing at all
    // is taken for what webcams are: BT.601 limited.
    private static (ColorMatrix Matrix, ColorRange Range) Color(WireFormat wire, uint space, uint encoding, uint quantization)
    {
        ColorMatrix matrix = encoding switch
        {
            V4L2_YCBCR_ENC_709 or V4L2_YCBCR_ENC_XV709 => ColorMatrix.Bt709,
            0 when space is V4L2_COLORSPACE_REC709 or V4L2_COLORSPACE_DCI_P3 or V4L2_COLORSPACE_BT2020 => ColorMatrix.Bt709,
            _ => ColorMatrix.Bt601,
        };
        ColorRange range = quantization switch
        {
            V4L2_QUANTIZATION_FULL_RANGE => ColorRange.Full,
            V4L2_QUANTIZATION_LIM_RANGE => ColorRange.Limited,
            // Grey is what a sensor sees, from 0 to 255; vivid draws it so, and FFmpeg reads it so.
            _ => space == V4L2_COLORSPACE_JPEG || wire.Format == PixelFormat.Gray8 ? ColorRange.Full : ColorRange.Limited,
        };
        return (matrix, range);
    }
}
