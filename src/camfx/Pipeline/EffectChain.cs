using Camfx.Effects;
using Camfx.Effects.Plugin;
using Camfx.Frames;

namespace Camfx.Pipeline;

/// <summary>
/// The camera's effects in their order. The source draws into the first frame, each effect hands on to the next, and the last one writes
/// where the frame is published: no copy is made for the chain's own sake.
/// </summary>
/// <remarks>Thread-bound to the render thread.</remarks>
internal sealed class EffectChain(IReadOnlyList<IEffect> effects, int width, int height) : IDisposable
{
    // Effects that cannot work in place take turns between these two.
    private readonly FrameBuffer?[] _between = new FrameBuffer?[2];

    /// <summary>The effects that are other programs.</summary>
    public IEnumerable<PluginEffect> Plugins => effects.OfType<PluginEffect>();

    /// <summary>Where the source must draw so that <see cref="Apply"/> ends in <paramref name="final"/>.</summary>
    public FrameView First(in FrameView final) => Hops == 0 ? final : Between(0, final.Matrix);

    /// <summary>Runs the effects over the frame drawn in <see cref="First"/>; the result lies in <paramref name="final"/>.</summary>
    public void Apply(in FrameView final, long presentationTime)
    {
        int hops = Hops, hop = 0;
        FrameView current = First(final);
        for (int i = 0; i < effects.Count; i++)
        {
            IEffect effect = effects[i];
            if (effect.IsInPlace)
            {
                effect.Apply(current, current, presentationTime);
                continue;
            }

            FrameView next = ++hop == hops ? final : Between(hop, final.Matrix);
            effect.Apply(current, next, presentationTime);
            current = next;
        }
    }

    public void Dispose()
    {
        foreach (IEffect effect in effects) effect.Dispose();
        foreach (FrameBuffer? buffer in _between) buffer?.Dispose();
    }

    private int Hops
    {
        get
        {
            int hops = 0;
            for (int i = 0; i < effects.Count; i++)
                if (!effects[i].IsInPlace) hops++;
            return hops;
        }
    }

    private FrameView Between(int hop, ColorMatrix matrix)
    {
        FrameBuffer buffer = _between[hop & 1] ??= new FrameBuffer(
            FrameLayout.Packed(PixelFormat.I420, width, height), ColorMatrix.Bt601, ColorRange.Limited);
        return buffer.View.With(matrix);
    }
}
