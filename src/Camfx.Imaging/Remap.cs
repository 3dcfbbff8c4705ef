using System.Runtime.CompilerServices;
using Camfx.Frames;
using Camfx.Imaging.Conversion;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Warping;

namespace Camfx.Imaging;

/// <summary>Takes I420 pictures apart and puts them together elsewhere: each sample comes from the place a mapping says, bilinearly between the four samples around it.</summary>
/// <remarks>Thread-bound. Only the constructor allocates: a fifth of a byte a pixel.</remarks>
public sealed unsafe class Remap
{
    private readonly PlaneMap _luma;
    private readonly PlaneMap _chroma;
    private readonly int _width;
    private readonly int _height;
    private readonly bool _black;

    /// <summary>Prepares for frames of one size; <see cref="Set"/> comes before the first one.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="black">Whether what comes from outside is black; else it is what is nearest inside.</param>
    public Remap(int width, int height, bool black)
    {
        (_width, _height, _black) = (width, height, black);
        _luma = new PlaneMap(width, height, isChroma: false);
        _chroma = new PlaneMap((width + 1) / 2, (height + 1) / 2, isChroma: true);
    }

    /// <summary>Says where the next frames come from. It may be called for each frame: the mapping is asked for one place in 64.</summary>
    public void Set<TMapping>(in TMapping mapping)
        where TMapping : struct, IMapping
    {
        _luma.Set(mapping);
        _chroma.Set(mapping);
    }

    /// <summary>Puts a frame together.</summary>
    /// <param name="source">An I420 picture of the size given to the constructor.</param>
    /// <param name="target">Where it goes: same size, other memory.</param>
    /// <exception cref="ArgumentException">Format or size do not fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(in FrameView source, in FrameView target)
    {
        FrameCheck.I420(source);
        FrameCheck.SameFormat(source, target);
        FrameCheck.SameSize(source, target);
        if (source.Width != _width || source.Height != _height) throw new ArgumentException($"This map is for {_width}x{_height}; got {source.Width}x{source.Height}.");
        for (int plane = 0; plane < 3; plane++)
        {
            PlaneMap map = plane == 0 ? _luma : _chroma;
            WarpPlane from = new()
            {
                Source = source.Plane(plane),
                Stride = source.Stride(plane),
                Width = PlaneGeometry.RowBytes(source.Format, _width, plane),
                Height = PlaneGeometry.Rows(source.Format, _height, plane),
                Outside = !_black ? -1 : plane == 0 ? ColorWeights.LumaOffset(source.Range) : 128,
            };
            fixed (int* nodes = map.Nodes)
            {
                for (int y = 0; y < from.Height; y++) WarpPass.Row(from, map, nodes, y, target.Row(plane, y), from.Width);
            }
        }
    }
}
