using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Matting;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging;

/// <summary>
/// Who is in front: for each pixel of a frame how much of it stays when something is put behind it, 255 for all, 0 for nothing. The chroma planes' share
/// is the mean of the four pixels.
/// </summary>
/// <remarks>
/// Thread-bound. Somebody writes <see cref="Luma"/> and calls <see cref="Update"/>; then <see cref="PutBehind"/> works on as many frames as wanted.
/// Nothing allocates but the constructor.
/// </remarks>
public sealed unsafe class Matte
{
    private readonly byte[] _luma;
    private readonly byte[] _chroma;
    private readonly MatteRow[] _lumaRows;
    private readonly MatteRow[] _chromaRows;

    /// <summary>Makes a matte in which everything is in front.</summary>
    /// <param name="width">Width of the frames in pixels, 1 to <see cref="FrameLayout.MaxDimension"/>.</param>
    /// <param name="height">Height of the frames in pixels, the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is out of range.</exception>
    public Matte(int width, int height)
    {
        foreach (int dimension in (ReadOnlySpan<int>)[width, height])
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, FrameLayout.MaxDimension);
        }

        Width = width;
        Height = height;
        _luma = GC.AllocateUninitializedArray<byte>(width * height, pinned: true);
        _chroma = GC.AllocateUninitializedArray<byte>(ChromaWidth * ((height + 1) / 2), pinned: true);
        _lumaRows = new MatteRow[height];
        _chromaRows = new MatteRow[(height + 1) / 2];
        _luma.AsSpan().Fill(255);
        _chroma.AsSpan().Fill(255);
        fixed (byte* luma = _luma) Luma = new FrameView(luma, FrameLayout.Packed(PixelFormat.Gray8, width, height), ColorMatrix.Bt601, ColorRange.Full);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>The matte itself, one byte a pixel, to be written; <see cref="Update"/> makes it count.</summary>
    public FrameView Luma { get; }

    private int ChromaWidth => (Width + 1) / 2;

    /// <summary>Takes over what was written into <see cref="Luma"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update()
    {
        fixed (byte* chroma = _chroma)
        {
            for (int y = 0; y < _chromaRows.Length; y++)
            {
                byte* upper = Luma.Row(0, 2 * y), lower = Luma.Row(0, Math.Min(2 * y + 1, Height - 1)), target = chroma + (nint)y * ChromaWidth;
                Traversal.Run<HalveKernel, PlaneRow>(new PlaneRow { Source0 = upper, Source1 = lower, Target0 = target }, Width / 2);
                if (Width % 2 != 0) target[ChromaWidth - 1] = (byte)(upper[Width - 1] + lower[Width - 1] + 1 >> 1);
            }
        }

        Sort(_luma, Width, _lumaRows);
        Sort(_chroma, ChromaWidth, _chromaRows);
    }

    /// <summary>Puts a picture behind what is in front.</summary>
    /// <param name="picture">What is put behind: an I420 picture of the matte's size.</param>
    /// <param name="frame">An I420 frame of the matte's size; it is changed.</param>
    /// <exception cref="ArgumentException">A format or size does not fit.</exception>
    public void PutBehind(in FrameView picture, in FrameView frame)
    {
        FrameCheck.I420(picture);
        FrameCheck.SameSize(picture, frame);
        Check(frame);
        for (int plane = 0; plane < 3; plane++)
            for (int y = 0; y < PlaneGeometry.Rows(frame.Format, frame.Height, plane); y++)
                PutRowBehind(plane, y, picture.Row(plane, y), frame.Row(plane, y));
    }

    /// <summary>Whether nothing of this row is behind, so that nothing needs to be put there.</summary>
    internal bool IsInFront(int plane, int y) => Rows(plane)[y] == MatteRow.Front;

    /// <summary>Puts one row behind another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void PutRowBehind(int plane, int y, byte* behind, byte* frame)
    {
        int width = plane == 0 ? Width : ChromaWidth;
        switch (Rows(plane)[y])
        {
            case MatteRow.Behind:
                Unsafe.CopyBlockUnaligned(frame, behind, (uint)width);
                break;
            case MatteRow.Mixed:
                fixed (byte* matte = plane == 0 ? _luma : _chroma)
                {
                    PlaneRow row = new() { Source0 = behind, Source1 = matte + (nint)y * width, Target0 = frame };
                    Traversal.Run<MatteKernel, PlaneRow>(row, width);
                }

                break;
        }
    }

    internal void Check(in FrameView frame)
    {
        FrameCheck.I420(frame);
        if (frame.Width != Width || frame.Height != Height)
            throw new ArgumentException($"The matte is {Width}x{Height} but the frame is {frame.Width}x{frame.Height}.");
    }

    private static void Sort(ReadOnlySpan<byte> matte, int width, Span<MatteRow> rows)
    {
        for (int y = 0; y < rows.Length; y++)
        {
            ReadOnlySpan<byte> row = matte.Slice(y * width, width);
            rows[y] = row[0] is 0 or 255 && !row.ContainsAnyExcept(row[0]) ? row[0] == 0 ? MatteRow.Behind : MatteRow.Front : MatteRow.Mixed;
        }
    }

    private MatteRow[] Rows(int plane) => plane == 0 ? _lumaRows : _chromaRows;
}
