using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Scaling;

namespace Camfx.Imaging;

/// <summary>
/// Shows a part of a picture as large as the picture. The part may begin between two pixels and be another one each time: what moves slowly moves smoothly.
/// </summary>
/// <remarks>Thread-bound. <see cref="Scale"/> is bilinear, allocates nothing, and uses 8 kB of stack at 4K.</remarks>
public sealed unsafe class WindowScaler
{
    private readonly AxisFilter _lumaX;
    private readonly AxisFilter _lumaY;
    private readonly AxisFilter _chromaX;
    private readonly AxisFilter _chromaY;
    private readonly int _width;
    private readonly int _height;

    /// <summary>Prepares for pictures of one size.</summary>
    /// <param name="width">In pixels, at least 4.</param>
    /// <param name="height">In pixels, at least 4.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is out of range.</exception>
    public WindowScaler(int width, int height)
    {
        foreach (int dimension in (ReadOnlySpan<int>)[width, height])
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 4);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, FrameLayout.MaxDimension);
        }

        (_width, _height) = (width, height);
        _lumaX = AxisFilter.Movable(width);
        _lumaY = AxisFilter.Movable(height);
        _chromaX = AxisFilter.Movable((width + 1) / 2);
        _chromaY = AxisFilter.Movable((height + 1) / 2);
    }

    /// <summary>Makes the target of a part of the source.</summary>
    /// <param name="source">An I420 picture of the size.</param>
    /// <param name="x">Left edge of the part, in pixels of luma.</param>
    /// <param name="y">Top edge of the part.</param>
    /// <param name="width">Of the part: more than 0, and not more than the picture's.</param>
    /// <param name="height">Of the part: more than 0, and not more than the picture's.</param>
    /// <param name="target">An I420 picture of the size, in other memory.</param>
    /// <exception cref="ArgumentException">The pictures or the part do not fit.</exception>
    public void Scale(in FrameView source, double x, double y, double width, double height, in FrameView target)
    {
        FrameCheck.I420(source);
        FrameCheck.SameFormat(source, target);
        FrameCheck.SameSize(source, target);
        if (source.Width != _width || source.Height != _height)
            throw new ArgumentException($"This scaler is for {_width}x{_height}; got {source.Width}x{source.Height}.");
        if (!(width > 0 && width <= _width && height > 0 && height <= _height))
            throw new ArgumentException($"The part of {width}x{height} is empty or larger than the picture.");

        _lumaX.Aim(x, width);
        _lumaY.Aim(y, height);
        _chromaX.Aim(x / 2, width / _width * _chromaX.SourceLength);
        _chromaY.Aim(y / 2, height / _height * _chromaY.SourceLength);
        ScalePlane(source, target, 0, _lumaX, _lumaY);
        ScalePlane(source, target, 1, _chromaX, _chromaY);
        ScalePlane(source, target, 2, _chromaX, _chromaY);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScalePlane(in FrameView source, in FrameView target, int plane, AxisFilter x, AxisFilter y)
    {
        short* words = stackalloc short[x.SourceLength + 2 + FilterPass.Padding];
        int first = x.Offsets[0], count = x.Offsets[x.TargetLength - 1] + 2 - first;
        for (int row = 0; row < y.TargetLength; row++)
        {
            FilterPass.Rows(y, row, source.Plane(plane) + first, source.Stride(plane), words + first, count);
            FilterPass.Columns(x, words, target.Row(plane, row));
        }
    }
}
