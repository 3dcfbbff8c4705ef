using System.Collections.Immutable;
using Camfx.Analysis;
using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Imaging;
using Camfx.Posix;
using Camfx.Sources;

namespace Camfx.Pipeline;

/// <summary>
/// Makes one frame: source, effects, and one conversion for each further format that is wanted. An I420 queue's slot is drawn into directly;
/// without one the frame is drawn beside it and converted into the slots.
/// </summary>
/// <remarks>Thread-bound to the render thread. Allocates nothing once frames flow.</remarks>
internal sealed class Renderer(
    CameraMode mode, SourceSwitch source, EffectChain effects, Placeholder placeholder, FormatQueues queues, RenderStatistics statistics) : IDisposable
{
    private const string Starting = "The camera is starting …";

    private readonly Begun[] _begun = new Begun[PixelFormatInfo.All.Length];
    private readonly List<PictureRequest> _requests = [];
    private FrameBuffer? _beside;

    /// <summary>What the last frame showed.</summary>
    public CameraState State { get; private set; }

    /// <summary>Why the source must not be open: then that is what the card says. Null: it may.</summary>
    public string? Refusal { get; set; }

    /// <summary>Why there is no picture, or null.</summary>
    public string? Reason => Refusal ?? source.Failure;

    /// <summary>Somebody wants a picture of what is shown.</summary>
    public void Add(PictureRequest request) => _requests.Add(request);

    /// <summary>Renders and publishes one frame into every wanted queue.</summary>
    /// <param name="time">The tick it is for, CLOCK_MONOTONIC in ns; becomes the presentation time.</param>
    /// <returns>Whether any queue got a frame.</returns>
    public bool Render(long time)
    {
        int count = Begin(queues.All, out int direct);
        if (count == 0 && _requests.Count == 0 && !effects.IsCalibrating)
        {
            if (Refusal is null) source.KeepOpen(time);
            State = CameraState.Idle;
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

        if (State == CameraState.Streaming) statistics.PictureCame(picture.CaptureTime, MonotonicClock.Now);
        if (_requests.Count > 0) Answer(final.With(picture.Matrix));
        return count > 0;
    }

    public void Dispose()
    {
        foreach (PictureRequest request in _requests) request.Refuse("The camera was changed meanwhile; try again.");
        _beside?.Dispose();
    }

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
                statistics.Unpublished++;
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
        picture = default;
        if (Refusal is null && source.TryDraw(effects.First(final), time, out picture))
        {
            effects.Apply(final.With(picture.Matrix), time, new PictureOrigin(source.Uri, picture.CaptureTime));
            flags = picture.IsCorrupted ? FrameFlags.Corrupted : FrameFlags.None;
            State = CameraState.Streaming;
            return true;
        }

        flags = FrameFlags.Placeholder;
        picture = new PictureInfo(time, ColorMatrix.Bt601);
        State = Reason is null ? CameraState.Starting : CameraState.Placeholder;
        if (Refusal is null && source.IsAboutToCome(time)) return false;
        placeholder.Draw(final, Reason ?? Starting);
        return true;
    }

    /// <summary>A picture for those who asked, or why there is none; a source that is only slow is waited for, and so is a program's first picture.</summary>
    private void Answer(in FrameView final)
    {
        _requests.RemoveAll(static request => request.Picture.IsCompleted);
        if (State == CameraState.Starting || (State == CameraState.Streaming && effects.IsAwaiting)) return;
        foreach (PictureRequest request in _requests)
        {
            if (State == CameraState.Streaming) request.Answer(final);
            else request.Refuse(Reason!);
        }

        _requests.Clear();
    }

    private FrameBuffer NewFrame() =>
        new(FrameLayout.Packed(PixelFormat.I420, mode.Width, mode.Height), ColorMatrix.Bt601, ColorRange.Limited);

    private readonly record struct Begun(FormatQueue Queue, FrameSlot Slot);
}
