using System.Collections.Immutable;
using Camfx.Analysis;
using Camfx.Analysis.Segmentation;
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
/// <param name="failed">Called when an effect has thrown: from then on it is left out, or, if it hides the room, a black picture is shown.</param>
/// <param name="segmentation">Who is in front, for the effects that ask; stays the caller's. Null: nobody knows.</param>
/// <remarks>Thread-bound to the render thread.</remarks>
internal sealed class EffectChain(
    ImmutableArray<EffectLink> links, int width, int height, Action failed, SegmentationStage? segmentation = null) : IDisposable
{
    // Effects that cannot work in place take turns between these two.
    private readonly FrameBuffer?[] _between = new FrameBuffer?[2];

    private ImmutableArray<EffectLink> _running = ChainOrder.Running(links);

    /// <summary>Whether pictures are wanted although nobody sees the frames.</summary>
    public bool IsCalibrating => segmentation is { IsCalibrating: true };

    /// <summary>Whether something that is made on another thread may still come, which the last frame was shown without.</summary>
    public bool IsAwaiting
    {
        get
        {
            if (segmentation is { IsAwaited: true } && ChainOrder.AsksWhoIsInFront(_running)) return true;
            foreach (EffectLink link in _running)
                if (link.Effect is IProgramEffect { IsAwaited: true }) return true;
            return false;
        }
    }

    /// <summary>From the next frame on, these are the effects.</summary>
    public void Replace(ImmutableArray<EffectLink> links) => _running = ChainOrder.Running(links);

    /// <summary>Where the source must draw so that <see cref="Apply"/> ends in <paramref name="final"/>.</summary>
    public FrameView First(in FrameView final) => Hops == 0 ? final : Between(0, final.Matrix);

    /// <summary>Runs the effects over the frame drawn in <see cref="First"/>; the result lies in <paramref name="final"/>.</summary>
    /// <param name="final">Where the frame is published.</param>
    /// <param name="presentationTime">When it is shown, CLOCK_MONOTONIC in ns.</param>
    /// <param name="origin">Which picture was drawn.</param>
    public void Apply(in FrameView final, long presentationTime, in PictureOrigin origin = default)
    {
        if (_running.IsEmpty && !IsCalibrating) return;
        int hops = Hops, hop = 0;
        FrameView current = First(final);
        long began = MonotonicClock.Now;
        Matte? matte = IsCalibrating || ChainOrder.AsksWhoIsInFront(_running) ? segmentation?.See(current, origin, ChainOrder.ChosenSegmenters(_running)) : null;
        long seen = MonotonicClock.Now, asking = seen - began;
        began = seen;
        foreach (EffectLink link in _running)
        {
            FrameView next = link.Effect.IsInPlace ? current : ++hop == hops ? final : Between(hop, final.Matrix);
            if (link.MovesPicture) matte = null;
            Run(link, current, next, presentationTime, matte);
            current = next;
            long ended = MonotonicClock.Now, cost = ended - began;
            if (link.Effect is IBackgroundEffect)
            {
                // What it costs to find out who is in front is the first one's that asks.
                cost += asking;
                asking = 0;
            }

            link.Cost.Add(cost);
            began = ended;
        }
    }

    public void Dispose()
    {
        foreach (FrameBuffer? buffer in _between) buffer?.Dispose();
    }

    private void Run(EffectLink link, in FrameView source, in FrameView target, long presentationTime, Matte? matte)
    {
        try
        {
            if (link.Fault.Sentence is not null) Fill.Black(target);
            else if (link.Effect is IBackgroundEffect background) background.Apply(source, target, presentationTime, matte);
            else link.Effect.Apply(source, target, presentationTime);
        }
        catch (Exception failure)
        {
            // Whatever it is: a camera that goes on without an effect is worth more than none. One that works in place may leave half of its work in
            // this one frame.
            link.Fault.Came(link.Setting.Kind, failure, link.HidesBackground);
            if (link.HidesBackground) Fill.Black(target);
            else if (!link.Effect.IsInPlace) Converter.Convert(source, target);
            _running = ChainOrder.Running(_running);
            failed();
        }
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
