namespace Camfx.Frames;

/// <summary>
/// Where the planes of one frame lie in a block of memory: per plane a byte offset and a stride (bytes from one row to the next).
/// </summary>
/// <remarks>Immutable; thread-safe. Compares by value.</remarks>
public readonly record struct FrameLayout
{
    /// <summary>Largest width or height, in pixels, that camfx handles.</summary>
    public const int MaxDimension = 16384;

    /// <summary>Describes planes that are already laid out. Unused planes have stride 0.</summary>
    public FrameLayout(
        PixelFormat format, int width, int height,
        int offset0, int stride0, int offset1 = 0, int stride1 = 0, int offset2 = 0, int stride2 = 0, int size = 0)
    {
        Format = format;
        Width = width;
        Height = height;
        Offset0 = offset0;
        Stride0 = stride0;
        Offset1 = offset1;
        Stride1 = stride1;
        Offset2 = offset2;
        Stride2 = stride2;
        Size = size;
    }

    /// <summary>The pixel format.</summary>
    public PixelFormat Format { get; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Bytes of the whole frame: the end of its last plane.</summary>
    public int Size { get; }

    private int Offset0 { get; }
    private int Offset1 { get; }
    private int Offset2 { get; }
    private int Stride0 { get; }
    private int Stride1 { get; }
    private int Stride2 { get; }

    /// <summary>Planes in use.</summary>
    public int PlaneCount => PixelFormatInfo.Of(Format).PlaneCount;

    /// <summary>Byte offset of a plane.</summary>
    public int Offset(int plane) => plane switch { 0 => Offset0, 1 => Offset1, _ => Offset2 };

    /// <summary>Bytes from one row of a plane to the next.</summary>
    public int Stride(int plane) => plane switch { 0 => Stride0, 1 => Stride1, _ => Stride2 };

    /// <summary>
    /// The layout without gaps: rows of exactly their width (4-byte multiples for RGB24 and BGR24, as PipeWire and GStreamer expect), planes one behind the
    /// other. Consumers that are told only one stride compute the other planes in just this way.
    /// </summary>
    /// <param name="format">Any format but MJPEG.</param>
    /// <param name="width">1 to <see cref="MaxDimension"/> pixels; odd widths round chroma up.</param>
    /// <param name="height">1 to <see cref="MaxDimension"/> pixels; odd heights round chroma up.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is out of range or the format has no layout.</exception>
    public static FrameLayout Packed(PixelFormat format, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, MaxDimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, MaxDimension);
        int chromaHeight = ChromaSize(height, PixelFormatInfo.Of(format).ChromaShiftY);
        switch (format)
        {
            case PixelFormat.I420 or PixelFormat.I422:
            {
                int chromaStride = (width + 1) / 2;
                int luma = checked(width * height), chroma = chromaStride * chromaHeight;
                return new FrameLayout(
                    format, width, height, 0, width, luma, chromaStride, luma + chroma, chromaStride, checked(luma + 2 * chroma));
            }

            case PixelFormat.Nv12:
            {
                int chromaStride = (width + 1) / 2 * 2;
                int luma = checked(width * height);
                return new FrameLayout(
                    format, width, height, 0, width, luma, chromaStride, size: checked(luma + chromaStride * chromaHeight));
            }

            case PixelFormat.Mjpeg or PixelFormat.Unknown:
                throw new ArgumentOutOfRangeException(nameof(format), format, $"'{format}' frames have no rows, so no packed layout.");

            default:
            {
                int stride = format switch
                {
                    PixelFormat.Yuyv or PixelFormat.Uyvy => (width + 1) / 2 * 4,
                    PixelFormat.Rgb24 or PixelFormat.Bgr24 => (width * 3 + 3) / 4 * 4,
                    _ => width * PixelFormatInfo.Of(format).BytesPerPixel,
                };
                return new FrameLayout(format, width, height, 0, stride, size: checked(stride * height));
            }
        }
    }

    /// <summary>Rows a plane has.</summary>
    public int Rows(int plane) => plane == 0 ? Height : ChromaSize(Height, PixelFormatInfo.Of(Format).ChromaShiftY);

    /// <summary>Bytes of one row of a plane that are pixels: what a stride may not fall below.</summary>
    public int RowBytes(int plane)
    {
        PixelFormatInfo info = PixelFormatInfo.Of(Format);
        if (plane == 0)
        {
            // A packed 4:2:2 pixel pair cannot be halved.
            int width = Format is PixelFormat.Yuyv or PixelFormat.Uyvy ? (Width + 1) / 2 * 2 : Width;
            return width * info.BytesPerPixel;
        }

        int chromaWidth = ChromaSize(Width, info.ChromaShiftX);
        return info.PlaneCount == 2 ? chromaWidth * 2 : chromaWidth;
    }

    private static int ChromaSize(int luma, int shift) => luma + (1 << shift) - 1 >> shift;
}
