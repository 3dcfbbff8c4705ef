using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Delay;

/// <summary>
/// Shows what was there a while ago, so that picture and sound come together. Every frame of that while is kept: 3.1 MB each at 1920x1080, so 93 MB a second at 30
/// frames a second. Until there is one old enough, the oldest is shown.
/// </summary>
internal sealed class DelayEffect : IEffect
{
    private readonly FrameBuffer[] _frames;
    private readonly long[] _times;
    private readonly long _delay;
    private int _newest = -1;
    private int _count;

    private DelayEffect(CameraMode mode, double seconds)
    {
        // Half a frame less: frames do not come to the nanosecond.
        _delay = (long)(seconds * 1e9) - mode.FrameRate.Interval / 2;

        // One that is shown, and one for a frame that comes early.
        int count = (int)(Math.Max(_delay, 0) / mode.FrameRate.Interval) + 2;
        FrameLayout layout = FrameLayout.Packed(PixelFormat.I420, mode.Width, mode.Height);
        _frames = [.. Enumerable.Range(0, count).Select(_ => new FrameBuffer(layout, ColorMatrix.Bt601, ColorRange.Limited))];
        _times = new long[count];
    }

    public static EffectKind Description { get; } = new(
        "delay", "Shows the picture later, so that it fits a sound that is late; every frame of that time is kept in memory.",
        [EffectKey.Number("seconds", 0.2, 0, 5, "how much later; a second of 1920x1080 at 30 frames takes 93 MB")],
        static (values, mode) => new DelayEffect(mode, values.Number("seconds")))
    { MovesPicture = true };

    public bool IsInPlace => true;

    public void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        _newest = (_newest + 1) % _frames.Length;
        _count = Math.Min(_count + 1, _frames.Length);
        _times[_newest] = presentationTime;
        FrameCopy.Copy(source, _frames[_newest].View.With(source.Matrix));

        // The newest of those that are old enough.
        int back = 0;
        while (back < _count - 1 && presentationTime - _times[Place(back)] < _delay) back++;
        if (back > 0) FrameCopy.Copy(_frames[Place(back)].View.With(target.Matrix), target);
    }

    public void Dispose()
    {
        foreach (FrameBuffer frame in _frames) frame.Dispose();
    }

    private int Place(int back) => (_newest - back + _frames.Length) % _frames.Length;
}
