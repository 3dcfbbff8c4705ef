using System.Collections.Immutable;
using Camfx.Effects;
using Camfx.Frames;
using Camfx.Imaging;
using Camfx.Posix;

namespace Camfx.Pipeline;

/// <summary>
/// The camera's effects in their order. The source draws into the first frame, each effect hands on to the next, and the last one writes
/// where the frame is published: no copy is made for the chain's own sake.
/// </summary>
/// <param name="links">The effects; they stay the caller's.</param>
/// <param name="width">Of the camera, in pixels.</param>
/// <param name="height">Of the camera, in pixels.</param>
/// <param name="failed">Called when an effect has thrown: from then on it is left out.</param>
/// <remarks>Thread-bound to the render thread.</remarks>
internal sealed class EffectChain(ImmutableArray<EffectLink> links, int width, int height, Action failed) : IDisposable
{
    // Effects that cannot work in place take turns between these two.
    private readonly FrameBuffer?[] _between = new FrameBuffer?[2];

    private ImmutableArray<EffectLink> _running = Running(links);

    /// <summary>Whether the picture of another program may still come, which the last frame was shown without.</summary>
    public bool AwaitsProgram
    {
        get
        {
            foreach (EffectLink link in _running)
                if (link.Effect is IProgramEffect { IsAwaited: true }) return true;
            return false;
        }
    }

    /// <summary>From the next frame on, these are the effects.</summary>
    public void Replace(ImmutableArray<EffectLink> links) => _running = Running(links);

    /// <summary>Where the source must draw so that <see cref="Apply"/> ends in <paramref name="final"/>.</summary>
    public FrameView First(in FrameView final) => Hops == 0 ? final : Between(0, final.Matrix);

    /// <summary>Runs the effects over the frame drawn in <see cref="First"/>; the result lies in <paramref name="final"/>.</summary>
    public void Apply(in FrameView final, long presentationTime)
    {
        if (_running.IsEmpty) return;
        int hops = Hops, hop = 0;
        FrameView current = First(final);
        long began = MonotonicClock.Now;
        foreach (EffectLink link in _running)
        {
            FrameView next = link.Effect.IsInPlace ? current : ++hop == hops ? final : Between(hop, final.Matrix);
            try
            {
                link.Effect.Apply(current, next, presentationTime);
            }
            catch (Exception failure)
            {
                // Whatever it is: a camera that goes on without an effect is worth more than none. One that works in place may leave half of its work in
                // this one frame.
                if (!link.Effect.IsInPlace) Converter.Convert(current, next);
                LeaveOut(link, failure);
            }

            current = next;
            long ended = MonotonicClock.Now;
            link.Cost.Add(ended - began);
            began = ended;
        }
    }

    public void Dispose()
    {
        foreach (FrameBuffer? buffer in _between) buffer?.Dispose();
    }

    private static ImmutableArray<EffectLink> Running(ImmutableArray<EffectLink> links) =>
        [.. links.Where(link => link is { Setting.Enabled: true, Fault.Sentence: null })];

    private void LeaveOut(EffectLink link, Exception failure)
    {
        link.Fault.Came(link.Setting.Kind, failure);
        _running = _running.Remove(link);
        failed();
    }

    private int Hops
    {
        get
        {
            int hops = 0;
            foreach (EffectLink link in _running)
                if (!link.Effect.IsInPlace) hops++;
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
