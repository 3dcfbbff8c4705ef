using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Imaging;
using Camfx.Sources;

namespace Camfx.Pipeline;

/// <summary>
/// Makes one frame: source, effects, and one conversion for each further format that is wanted. An I420 queue's slot is drawn into directly;
/// without one the frame is drawn beside it and converted into the slots.
/// </summary>
/// <remarks>Thread-bound to the render thread. Allocates nothing once frames flow.</remarks>
internal sealed class Renderer(CameraMode mode, CameraSource source, EffectChain effects, Placeholder placeholder, FormatQueues queues) : IDisposable
{
    private const string Starting = "The camera is starting …";

    /// <summary>How long nothing is shown while the source starts; most have their first picture sooner, and no card flashes by.</summary>
    private const long StartingPause = 500_000_000;

    private readonly Begun[] _begun = new Begun[PixelFormatInfo.All.Length];
    private FrameBuffer? _beside;
    private long _startingSince = long.MaxValue;

    /// <summary>Frames a queue had no free slot for.</summary>
    public long Unpublished { get; private set; }

    /// <summary>What the last frame showed.</summary>
    public CameraState State { get; private set; }

    /// <summary>Nobody watches any more: the next frame is a first one again.</summary>
    public void Rest() => _startingSince = long.MaxValue;

    /// <summary>Renders and publishes one frame into every wanted queue.</summary>
    /// <param name="time">The tick it is for, CLOCK_MONOTONIC in ns; becomes the presentation time.</param>
    /// <returns>Whether any queue got a frame.</returns>
    public bool Render(long time)
    {
        int count = Begin(queues.All, out int direct);
        if (count == 0)
        {
            source.KeepOpen(time);
            return false;
        }

        FrameView final = direct >= 0 ? _begun[direct].Slot.View : (_beside ??= NewFrame()).View;
        if (!TryDraw(final, time, out PictureInfo picture, out FrameFlags flags))
        {
            for (int i = 0; i < count; i++) _begun[i].Queue.Writer.Abandon(_begun[i].Slot);
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            FrameSlot slot = _begun[i].Slot.With(picture.Matrix);
            if (i != direct) Converter.Convert(final.With(picture.Matrix), slot.View);
            _begun[i].Queue.Writer.Publish(slot, new FrameTiming(picture.CaptureTime, time), flags);
        }

        return true;
    }

    public void Dispose() => _beside?.Dispose();

    /// <summary>Takes a free slot of every wanted queue; <paramref name="direct"/> is the one whose slot can be drawn into.</summary>
    private int Begin(ImmutableArray<FormatQueue> all, out int direct)
    {
        int count = 0;
        direct = -1;
        foreach (FormatQueue queue in all)
        {
            if (!queue.IsWanted) continue;
            if (!queue.Writer.TryBegin(out FrameSlot slot))
            {
                Unpublished++;
                continue;
            }

            if (queue.Format == PixelFormat.I420) direct = count;
            _begun[count++] = new Begun(queue, slot);
        }

        return count;
    }

    /// <summary>The source's picture through the effects, or the card as it is; false while the source has not been starting for long.</summary>
    private bool TryDraw(in FrameView final, long time, out PictureInfo picture, out FrameFlags flags)
    {
        if (source.TryDraw(effects.First(final), time, out picture))
        {
            effects.Apply(final.With(picture.Matrix), time);
            flags = picture.IsCorrupted ? FrameFlags.Corrupted : FrameFlags.None;
            State = CameraState.Streaming;
            _startingSince = long.MaxValue;
            return true;
        }

        flags = FrameFlags.Placeholder;
        picture = new PictureInfo(time, ColorMatrix.Bt601);
        _startingSince = Math.Min(_startingSince, time);
        State = source.Failure is null ? CameraState.Starting : CameraState.Placeholder;
        if (source.Failure is null && time - _startingSince < StartingPause) return false;
        placeholder.Draw(final, source.Failure ?? Starting);
        return true;
    }

    private FrameBuffer NewFrame() =>
        new(FrameLayout.Packed(PixelFormat.I420, mode.Width, mode.Height), ColorMatrix.Bt601, ColorRange.Limited);

    private readonly record struct Begun(FormatQueue Queue, FrameSlot Slot);
}
