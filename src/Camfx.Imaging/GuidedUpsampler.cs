using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Blurring;
using Camfx.Imaging.Matting;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging;

/// <summary>
/// Brings the small mask of an analysis to the size of the picture, along the picture's own edges: where luma has an edge near the mask's, the matte's edge is there.
/// </summary>
/// <remarks>Thread-bound. Nothing allocates but the constructor.</remarks>
public sealed unsafe class GuidedUpsampler
{
    private const int Factor = 4;

    private readonly int _columns;
    private readonly int _lines;
    private readonly Scaler _scaler;
    private readonly Guidance _guidance;
    private readonly byte[] _mask;
    private readonly short[] _reduced;
    private readonly short[] _gains;
    private readonly short[] _offsets;
    private readonly short[] _gain;
    private readonly short[] _offset;
    private readonly byte[] _row;

    /// <summary>Prepares for masks of one size and pictures of another.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is not between 1 and <see cref="FrameLayout.MaxDimension"/>.</exception>
    public GuidedUpsampler(int maskWidth, int maskHeight, int width, int height)
    {
        MaskWidth = maskWidth;
        MaskHeight = maskHeight;
        Width = width;
        Height = height;
        _columns = (width + Factor - 1) / Factor;
        _lines = (height + Factor - 1) / Factor;
        _scaler = new Scaler(maskWidth, maskHeight, _columns, _lines);
        _guidance = new Guidance(_columns, _lines);
        _mask = GC.AllocateArray<byte>(_columns * _lines, pinned: true);
        _reduced = GC.AllocateArray<short>(_columns, pinned: true);
        _gains = GC.AllocateArray<short>(_columns * _lines, pinned: true);
        _offsets = GC.AllocateArray<short>(_columns * _lines, pinned: true);
        _gain = GC.AllocateArray<short>(_columns + 2, pinned: true);
        _offset = GC.AllocateArray<short>(_columns + 2, pinned: true);
        _row = GC.AllocateArray<byte>(_columns * Factor, pinned: true);
    }

    /// <summary>Width of the mask in pixels.</summary>
    public int MaskWidth { get; }

    /// <summary>Height of the mask in pixels.</summary>
    public int MaskHeight { get; }

    /// <summary>Width of the picture in pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the picture in pixels.</summary>
    public int Height { get; }

    /// <summary>Makes the matte.</summary>
    /// <param name="mask">Gray8 of the mask's size: 255 is in front, 0 behind.</param>
    /// <param name="picture">The I420 picture that the mask was found in, or the next one.</param>
    /// <param name="matte">Of the picture's size; it is written and updated.</param>
    /// <exception cref="ArgumentException">A format or size does not fit.</exception>
    public void Apply(in FrameView mask, in FrameView picture, Matte matte)
    {
        matte.Check(picture);
        if (picture.Width != Width || picture.Height != Height)
            throw new ArgumentException($"This upsampler is for {Width}x{Height}; got {picture.Width}x{picture.Height}.");
        fixed (byte* small = _mask)
        {
            FrameView scaled = new(small, FrameLayout.Packed(PixelFormat.Gray8, _columns, _lines), mask.Matrix, mask.Range);
            _scaler.Scale(mask, scaled);
            Fit(picture, scaled);
        }

        for (int y = 0; y < Height; y++) Expand(y, picture.Row(0, y), matte.Luma.Row(0, y));
        matte.Update();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fit(in FrameView picture, in FrameView mask)
    {
        for (int line = 0; line < _lines; line++)
        {
            fixed (short* reduced = _reduced) Reduction.Line4(picture.Plane(0), picture.Stride(0), Width, Height, line, reduced);
            Span<float> luma = _guidance.Luma, share = _guidance.Mask;
            byte* shares = mask.Row(0, line);
            for (int x = 0; x < _columns; x++)
            {
                luma[x] = _reduced[x] * (1f / (1 << BlurSample.Bits));
                share[x] = shares[x];
            }

            _guidance.Add(line);
            if (line > 0) _guidance.Fit(line - 1);
            if (line > 1) Give(line - 2);
        }

        _guidance.Fit(_lines - 1);
        if (_lines > 1) Give(_lines - 2);
        Give(_lines - 1);
    }

    private void Give(int line) => _guidance.Give(line, _gains.AsSpan(line * _columns, _columns), _offsets.AsSpan(line * _columns, _columns));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Expand(int y, byte* luma, byte* matte)
    {
        (int above, int below, short way) = Reduction.Between(y, Factor, _lines);
        fixed (short* gains = _gains, offsets = _offsets, gain = _gain, offset = _offset)
        fixed (byte* row = _row)
        {
            Mix(gains + (nint)above * _columns, gains + (nint)below * _columns, gain, way);
            Mix(offsets + (nint)above * _columns, offsets + (nint)below * _columns, offset, way);
            Unsafe.CopyBlockUnaligned(row, luma, (uint)Width);
            Traversal.Run<GuidedKernel, WordRow>(new WordRow { Source0 = gain + 1, Source1 = offset + 1, Bytes = row }, _columns);
            Unsafe.CopyBlockUnaligned(matte, row, (uint)Width);
        }
    }

    private void Mix(short* above, short* below, short* target, short way)
    {
        Traversal.Run<BetweenKernel, WordRow>(new WordRow { Source0 = above, Source1 = below, Target0 = target + 1, Value = way }, _columns);
        target[0] = target[1];
        target[_columns + 1] = target[_columns];
    }
}
