using System.Runtime.InteropServices;

namespace Camfx.Frames;

/// <summary>
/// A frame in memory of its own: what an effect or a converter draws into between two owners. The memory lies outside the managed heap, so it
/// neither moves nor costs collections; whoever made the buffer disposes it, and with it every <see cref="View"/> of it ends.
/// </summary>
/// <remarks>
/// The address is a multiple of <see cref="Alignment"/>, so vector loads of the first row never cross a cache line.
/// Thread-bound to its owner; the view may be handed to other threads as long as the owner keeps the buffer.
/// </remarks>
public sealed unsafe class FrameBuffer : IDisposable
{
    /// <summary>The address's alignment, in bytes: a cache line, and the widest vector.</summary>
    public const int Alignment = 64;

    private readonly FrameView _view;
    private byte* _memory;

    /// <summary>Takes zeroed memory for one frame.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The layout's size is not positive.</exception>
    /// <exception cref="OutOfMemoryException">The system has no memory left.</exception>
    public FrameBuffer(FrameLayout layout, ColorMatrix matrix, ColorRange range)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layout.Size, 1);
        Layout = layout;
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)layout.Size, Alignment);
        NativeMemory.Clear(_memory, (nuint)layout.Size);
        _view = new FrameView(_memory, layout, matrix, range);
    }

    /// <summary>Where the planes lie.</summary>
    public FrameLayout Layout { get; }

    /// <summary>Bytes of the frame.</summary>
    public int Size => Layout.Size;

    /// <summary>The pixels. Valid until <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is disposed.</exception>
    public FrameView View
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory == null, this);
            return _view;
        }
    }

    /// <summary>Every byte of the frame. Valid until <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is disposed.</exception>
    public Span<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory == null, this);
            return new Span<byte>(_memory, Size);
        }
    }

    /// <summary>Gives the memory back. Further calls do nothing.</summary>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }
}
