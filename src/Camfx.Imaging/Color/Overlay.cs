using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Color;
using Camfx.Imaging.Conversion;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging;

/// <summary>
/// A picture with transparency, kept as Y, U, V and alpha planes so that laying it over an I420 frame costs one multiplication a sample. The chroma of
/// four pixels is their mean weighted by alpha, so that the colour of invisible pixels never shines through.
/// </summary>
/// <remarks>Immutable; thread-safe. <see cref="Blend"/> allocates nothing; rows without a visible pixel cost nothing.</remarks>
public sealed unsafe class Overlay
{
    private readonly byte[] _planes;
    private readonly byte[] _alphas;
    private readonly ColorMatrix _matrix;
    private readonly ColorRange _range;

    /// <summary>First and last visible row; the last one is before the first if there is none.</summary>
    private readonly int _firstRow;
    private readonly int _lastRow = -1;

    /// <summary>Takes a picture over; the view is not needed afterwards.</summary>
    /// <param name="picture">A BGRA or RGBA picture with straight alpha.</param>
    /// <param name="matrix">Matrix of the frames it will be laid over.</param>
    /// <param name="range">Range of the frames it will be laid over.</param>
    /// <exception cref="ArgumentException">The picture is neither BGRA nor RGBA.</exception>
    public Overlay(in FrameView picture, ColorMatrix matrix, ColorRange range)
    {
        if (picture.Format is not (PixelFormat.Bgra or PixelFormat.Rgba))
            throw new ArgumentException($"An overlay is made of BGRA or RGBA, got {picture.Format}.", nameof(picture));
        Width = picture.Width;
        Height = picture.Height;
        _matrix = matrix;
        _range = range;
        FrameLayout layout = FrameLayout.Packed(PixelFormat.I420, Width, Height);
        _planes = GC.AllocateUninitializedArray<byte>(layout.Size, pinned: true);
        _alphas = GC.AllocateUninitializedArray<byte>(layout.Size, pinned: true);
        short* constants = stackalloc short[RgbToYuvConstants.Length];
        RgbToYuvConstants.Write(constants, matrix, range);
        fixed (byte* planes = _planes, alphas = _alphas)
        {
            FrameView color = new(planes, layout, matrix, range), alpha = new(alphas, layout, matrix, range);
            Converter.Convert(picture, color);
            OverlayPlanes.Split(picture, color, alpha, constants);
        }

        ReadOnlySpan<byte> opaque = _alphas.AsSpan(0, Width * Height);
        int first = opaque.IndexOfAnyExcept((byte)0);
        if (first < 0) return;
        _firstRow = first / Width;
        _lastRow = opaque.LastIndexOfAnyExcept((byte)0) / Width;
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Lays the picture over a frame, in place.</summary>
    /// <param name="target">An I420 frame of the matrix and range given to the constructor.</param>
    /// <param name="x">Column of the left edge, may be outside the frame; rounded down to an even number.</param>
    /// <param name="y">Row of the top edge, may be outside the frame; rounded down to an even number.</param>
    /// <param name="opacity">0 (invisible) to 1.</param>
    /// <exception cref="ArgumentException">The frame is not I420 or has another matrix or range.</exception>
    public void Blend(in FrameView target, int x, int y, double opacity = 1)
    {
        FrameCheck.I420(target);
        if (target.Matrix != _matrix || target.Range != _range)
            throw new ArgumentException($"This overlay is {_matrix} {_range}, but the frame is {target.Matrix} {target.Range}.");
        short strength = (short)Math.Round(255 * Math.Clamp(opacity, 0, 1));
        x &= ~1;
        y &= ~1;
        int left = Math.Max(0, -x), right = (int)Math.Min(Width, (long)target.Width - x);
        int top = Math.Max(_firstRow & ~1, -y), bottom = (int)Math.Min(_lastRow + 1, (long)target.Height - y);
        if (strength == 0 || left >= right || top >= bottom) return;
        FrameLayout layout = FrameLayout.Packed(PixelFormat.I420, Width, Height);
        fixed (byte* planes = _planes, alphas = _alphas)
        {
            FrameView color = new(planes, layout, _matrix, _range), alpha = new(alphas, layout, _matrix, _range);
            BlendPlane(color, alpha, target, 0, x, y, left, right, top, bottom, strength);
            for (int plane = 1; plane <= 2; plane++)
                BlendPlane(
                    color, alpha, target, plane, x / 2, y / 2, left / 2, (right + 1) / 2, top / 2, (bottom + 1) / 2, strength);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BlendPlane(
        in FrameView color, in FrameView alpha, in FrameView target, int plane,
        int x, int y, int left, int right, int top, int bottom, short strength)
    {
        for (int line = top; line < bottom; line++)
        {
            PlaneRow row = new()
            {
                Source0 = color.Row(plane, line) + left,
                Source1 = alpha.Row(plane, line) + left,
                Target0 = target.Row(plane, y + line) + x + left,
                Value = strength,
            };
            Traversal.Run<BlendKernel, PlaneRow>(row, right - left);
        }
    }
}
