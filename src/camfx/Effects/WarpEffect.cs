using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects;

/// <summary>An effect whose picture is the source's, taken from other places.</summary>
/// <typeparam name="TMapping">Where from.</typeparam>
internal sealed class WarpEffect<TMapping> : IEffect
    where TMapping : struct, IMapping
{
    private readonly Remap _remap;
    private readonly Func<double, TMapping>? _at;

    /// <summary>One that stands still.</summary>
    /// <param name="mode">The camera's.</param>
    /// <param name="mapping">Where the picture comes from.</param>
    /// <param name="black">Whether what comes from outside the picture is black; else it is its edge.</param>
    public WarpEffect(CameraMode mode, in TMapping mapping, bool black = false)
    {
        _remap = new Remap(mode.Width, mode.Height, black);
        _remap.Set(mapping);
    }

    /// <summary>One that moves.</summary>
    /// <param name="mode">The camera's.</param>
    /// <param name="at">Where the picture comes from at a time in seconds. It allocates nothing.</param>
    public WarpEffect(CameraMode mode, Func<double, TMapping> at)
    {
        _remap = new Remap(mode.Width, mode.Height, black: false);
        _at = at;
    }

    public bool IsInPlace => false;

    public void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        if (_at is not null) _remap.Set(_at(presentationTime / 1e9));
        _remap.Apply(source, target);
    }

    public void Dispose()
    {
    }
}
