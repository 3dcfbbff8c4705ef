namespace Camfx.Frames;

/// <summary>
/// The pixels of one frame, wherever they are: format, size, colour meaning, and for each plane a pointer and a stride.
/// A view owns nothing. Whoever made it says how long the memory lives: a slot until it is published or abandoned, a lease until it is
/// released, a decoded frame until its next decode. Kernels read one view and write another.
/// </summary>
/// <remarks>Immutable; as thread-safe as the memory it points to.</remarks>
public readonly unsafe struct FrameView
{
    private readonly byte* _plane0;
    private readonly byte* _plane1;
    private readonly byte* _plane2;
    private readonly int _stride0;
    private readonly int _stride1;
    private readonly int _stride2;

    /// <summary>A view of planes at any place. Unused planes are null with stride 0.</summary>
    public FrameView(
        PixelFormat format, int width, int height, ColorMatrix matrix, ColorRange range,
        byte* plane0, int stride0, byte* plane1 = null, int stride1 = 0, byte* plane2 = null, int stride2 = 0)
    {
        Format = format;
        Width = width;
        Height = height;
        Matrix = matrix;
        Range = range;
        _plane0 = plane0;
        _plane1 = plane1;
        _plane2 = plane2;
        _stride0 = stride0;
        _stride1 = stride1;
        _stride2 = stride2;
    }

    /// <summary>A view of a block of memory laid out as <paramref name="layout"/> says.</summary>
    public FrameView(byte* memory, in FrameLayout layout, ColorMatrix matrix, ColorRange range)
        : this(
            layout.Format, layout.Width, layout.Height, matrix, range,
            memory + layout.Offset(0), layout.Stride(0),
            layout.Stride(1) == 0 ? null : memory + layout.Offset(1), layout.Stride(1),
            layout.Stride(2) == 0 ? null : memory + layout.Offset(2), layout.Stride(2))
    {
    }

    /// <summary>The pixel format.</summary>
    public PixelFormat Format { get; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>What luma and chroma mean; ignored for RGB.</summary>
    public ColorMatrix Matrix { get; }

    /// <summary>Which codes are black and white; ignored for RGB.</summary>
    public ColorRange Range { get; }

    /// <summary>Whether there are pixels at all.</summary>
    public bool IsEmpty => _plane0 == null;

    /// <summary>The same pixels with another meaning of their chroma.</summary>
    public FrameView With(ColorMatrix matrix) =>
        new(Format, Width, Height, matrix, Range, _plane0, _stride0, _plane1, _stride1, _plane2, _stride2);

    /// <summary>Address of a plane's first byte (plane 0 to 2).</summary>
    public byte* Plane(int plane) => plane switch { 0 => _plane0, 1 => _plane1, _ => _plane2 };

    /// <summary>Bytes from one row of a plane to the next.</summary>
    public int Stride(int plane) => plane switch { 0 => _stride0, 1 => _stride1, _ => _stride2 };

    /// <summary>Address of row <paramref name="y"/> of a plane.</summary>
    public byte* Row(int plane, int y) => Plane(plane) + (nint)y * Stride(plane);

    /// <summary>Copies the pixels into a view of the same format and size; paddings stay as they are.</summary>
    /// <exception cref="ArgumentException">Format or size differ.</exception>
    public void CopyTo(in FrameView destination)
    {
        if (Format != destination.Format || Width != destination.Width || Height != destination.Height)
            throw new ArgumentException(
                $"The destination is {destination.Width}x{destination.Height} {destination.Format}, expected {Width}x{Height} {Format}.",
                nameof(destination));
        var layout = new FrameLayout(Format, Width, Height, 0, 0);
        for (int plane = 0; plane < layout.PlaneCount; plane++)
        {
            long row = layout.RowBytes(plane);
            int rows = layout.Rows(plane);
            if (Stride(plane) == row && destination.Stride(plane) == row)
            {
                Buffer.MemoryCopy(Plane(plane), destination.Plane(plane), row * rows, row * rows);
                continue;
            }

            for (int y = 0; y < rows; y++) Buffer.MemoryCopy(Row(plane, y), destination.Row(plane, y), row, row);
        }
    }
}
