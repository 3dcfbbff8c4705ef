using Camfx.Cairo;
using Camfx.Configuration;
using Camfx.Frames;

namespace Camfx.Effects.Text;

/// <summary>
/// A text over the picture, possibly with the time in it. It is drawn when it changes; a frame only blends it in. A clock is drawn on a
/// thread of its own, so that the render thread never waits for fonts.
/// </summary>
internal sealed class TextEffect : IEffect
{
    private readonly TextOptions _options;
    private readonly CameraMode _mode;
    private readonly TimeProvider _time;
    private readonly ClockThread? _clock;
    private volatile PlacedPicture _picture;
    private string _shown;
    private long _second;

    private TextEffect(TextOptions options, CameraMode mode, TimeProvider time)
    {
        _options = options;
        _mode = mode;
        _time = time;
        _second = Second(time);
        _shown = CurrentText();
        _picture = Draw(_shown);
        if (options.IsClock) _clock = new ClockThread(DrawAnew);
    }

    public static EffectKind Description { get; } = new(
        "text", "A text over the picture, or a clock.", TextOptions.Keys, (values, mode) => Create(values, mode, TimeProvider.System));

    public bool IsInPlace => true;

    /// <summary>Makes one that reads the time where the caller wants.</summary>
    /// <exception cref="CamfxException">A value that cannot be taken, or the text cannot be drawn.</exception>
    public static TextEffect Create(EffectValues values, CameraMode mode, TimeProvider time)
    {
        try
        {
            return new TextEffect(TextOptions.From(values, mode), mode, time);
        }
        catch (DrawingException cause)
        {
            throw new CamfxException(ExitCode.Failed, $"The effect 'text' cannot be made. {cause.Message}", cause);
        }
    }

    public void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        if (_clock is not null)
        {
            long second = Second(_time);
            if (second != _second) _clock.Ask();
            _second = second;
        }

        _picture.Blend(target);
    }

    public void Dispose() => _clock?.Dispose();

    private static long Second(TimeProvider time) => time.GetUtcNow().Ticks / TimeSpan.TicksPerSecond;

    private string CurrentText() => _options.IsClock ? ClockPattern.Format(_options.Value, _time.GetLocalNow()) : _options.Value;

    private PlacedPicture Draw(string text)
    {
        using FrameBuffer picture = TextRenderer.Render(text, _options.Style);
        return new PlacedPicture(picture.View, _options.Placement, _options.Opacity, _mode);
    }

    // On the clock's thread. Most clocks show minutes: there is nothing to draw in most seconds.
    private void DrawAnew()
    {
        string text = CurrentText();
        if (text == _shown) return;
        _shown = text;
        try
        {
            _picture = Draw(text);
        }
        catch (DrawingException)
        {
            // The fonts were taken away while the camera runs: the last text stays.
        }
    }
}
