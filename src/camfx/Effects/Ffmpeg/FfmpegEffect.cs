using Camfx.Configuration;
using Camfx.FFmpeg;
using Camfx.FFmpeg.Filters;
using Camfx.Frames;
using Camfx.Imaging;
using Camfx.Posix;

namespace Camfx.Effects.Ffmpeg;

/// <summary>
/// Any of libavfilter's filters. A graph that misses three frames in a row is by-passed, and tried once a second until it is fast enough again.
/// </summary>
internal sealed class FfmpegEffect : IProgramEffect
{
    private const int MostMisses = 3;
    private const long TryAgain = 1_000_000_000;

    private readonly GraphRunner _runner;
    private readonly string _description;
    private readonly long _interval;
    private readonly CameraMode _mode;
    private volatile string? _problem;
    private Scaler? _scaler;
    private PixelRectangle _area;
    private volatile bool _isByPassed = true;
    private int _misses;
    private long _nextTry;
    private bool _isTrying;

    private FfmpegEffect(string description, CameraMode mode)
    {
        FrameRate rate = mode.FrameRate;
        _description = description;
        _runner = new GraphRunner(matrix => FilterGraph.Create(
            description, mode.Width, mode.Height, rate.Numerator, rate.Denominator, matrix, ColorRange.Limited));
        _mode = mode;
        _interval = rate.Interval;
    }

    public static EffectKind Description { get; } = new(
        "ffmpeg", "Any filters of FFmpeg, as ffplay -vf takes them.",
        [EffectKey.Text("graph", value: null, "a filter graph, quoted where it has commas", "the filters, see ffmpeg-filters(1)")],
        Create)
    { MovesPicture = true };

    public event Action? Changed;

    public bool IsInPlace => false;

    public string? Problem => _problem;

    public bool IsAwaited => _isByPassed && _problem is null;

    /// <summary>Half the time between two frames: the other half is the other effects'.</summary>
    private long Allowed => _interval / 2;

    public void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        bool isThere = _problem is null ? TryRun(source, presentationTime) : TryRecover(source, presentationTime);
        if (isThere && _runner.TryGetPicture(out FrameView picture))
        {
            Show(picture, target);
            _isByPassed = false;
            return;
        }

        FrameCopy.Copy(source, target);
        _isByPassed = true;
    }

    public void Dispose() => _runner.Dispose();

    private static FfmpegEffect Create(EffectValues values, CameraMode mode)
    {
        try
        {
            return new FfmpegEffect(values.Text("graph"), mode);
        }
        catch (AvException failure)
        {
            throw CamfxException.Usage(failure.Message);
        }
    }

    /// <summary>Gives the frame to the graph and waits for it; false when there was no time for it, or an earlier one is still in work.</summary>
    private bool TryRun(in FrameView source, long presentationTime)
    {
        long now = MonotonicClock.Now;
        if (!_runner.IsBusy)
        {
            Give(source, presentationTime);
            if (_runner.Wait(now + Allowed))
            {
                _misses = 0;
                return true;
            }
        }

        if (++_misses < MostMisses) return false;
        _nextTry = now + TryAgain;
        Become(
            $"The graph '{_description}' needs more than {Allowed / 1e6:0.0} ms for a frame, half the time between two; the picture is shown without it. "
            + "Choose cheaper filters, a smaller picture or fewer frames a second.");
        return false;
    }

    /// <summary>Now and then gives a frame to a graph that was too slow, without waiting; true when it is fast enough again.</summary>
    private bool TryRecover(in FrameView source, long presentationTime)
    {
        if (_runner.IsBusy) return false;
        if (_isTrying && _runner.LastTime <= Allowed)
        {
            _isTrying = false;
            Become(problem: null);
            return TryRun(source, presentationTime);
        }

        long now = MonotonicClock.Now;
        _isTrying = now >= _nextTry;
        if (!_isTrying) return false;
        _nextTry = now + TryAgain;
        Give(source, presentationTime);
        return false;
    }

    private void Give(in FrameView source, long presentationTime)
    {
        FrameCopy.Copy(source, _runner.Begin(source.Matrix));
        _runner.Start(presentationTime);
    }

    private void Become(string? problem)
    {
        _problem = problem;
        Changed?.Invoke();
    }

    private void Show(in FrameView picture, in FrameView target)
    {
        FrameView same = picture.With(target.Matrix);
        if (picture.Width == _mode.Width && picture.Height == _mode.Height)
        {
            FrameCopy.Copy(same, target);
            return;
        }

        if (_scaler is null || _scaler.SourceWidth != picture.Width || _scaler.SourceHeight != picture.Height)
        {
            _area = Letterbox.Fit(picture.Width, picture.Height, _mode.Width, _mode.Height);
            _scaler = new Scaler(picture.Width, picture.Height, _area.Width, _area.Height);
        }

        Letterbox.FillBars(target, _area);
        _scaler.Scale(same, Region.Of(target, _area));
    }
}
