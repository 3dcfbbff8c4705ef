using Camfx.Frames;
using Camfx.Imaging;
using Camfx.Pipeline;
using Camfx.Posix;
using Camfx.Sources.Camera;

namespace Camfx.Analysis.Segmentation;

/// <summary>
/// Looks at small pictures on a thread of its own. The newest one is looked at, those before it that it came too late for are not; one in which nothing
/// has moved is not looked at either: the mask before is true for it.
/// </summary>
/// <remarks>Thread-bound to the render thread, but for <see cref="Problem"/> and the figures.</remarks>
internal sealed class SegmentationThread : IDisposable
{
    /// <summary>Pictures in which nothing moves that are looked at nevertheless, until the mask has come to rest.</summary>
    private const int Settling = 12;

    /// <summary>How long a segmenter that has failed is left alone, in ns.</summary>
    private const long Pause = 5_000_000_000;

    private readonly ISegmenters _segmenters;
    private readonly Action _changed;
    private readonly Alarm _alarm = new();
    private readonly NewestOf<SmallPicture> _pictures;
    private readonly NewestOf<Mask> _masks;
    private readonly MotionMeter _motion;
    private readonly MaskSmoother _smoother;
    private readonly FrameBuffer _mask;
    private readonly EffectCost _cost = new();
    private readonly Thread _thread;
    private volatile bool _stop;
    private volatile string? _problem;
    private ISegmenter? _segmenter;
    private long _turn;
    private long _last;
    private long _retryAt;
    private int _still;
    private long _analysed;
    private long _skipped;

    /// <summary>Starts the thread.</summary>
    /// <param name="width">Of the small pictures, in pixels, even.</param>
    /// <param name="height">Of the small pictures, in pixels, even.</param>
    /// <param name="segmenters">Where it has its segmenters from.</param>
    /// <param name="changed">Called on the thread when <see cref="Problem"/> is another one.</param>
    public SegmentationThread(int width, int height, ISegmenters segmenters, Action changed)
    {
        (Width, Height, _segmenters, _changed) = (width, height, segmenters, changed);
        _pictures = new NewestOf<SmallPicture>(() => new SmallPicture(width, height));
        _masks = new NewestOf<Mask>(() => new Mask(width, height));
        _motion = new MotionMeter(width, height);
        _smoother = new MaskSmoother(width, height);
        _mask = new FrameBuffer(FrameLayout.Packed(PixelFormat.Gray8, width, height), ColorMatrix.Bt601, ColorRange.Full);
        _thread = new Thread(Run) { Name = "camfx analysis", IsBackground = true };
        _thread.Start();
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Why there is no mask, and what to do; null: there is one, or will be. Thread-safe.</summary>
    public string? Problem => _problem;

    /// <summary>What the segmenter needs for a picture, in ms. Thread-safe.</summary>
    public double Milliseconds => _cost.Milliseconds;

    /// <summary>Pictures that were looked at. Thread-safe.</summary>
    public long Analysed => Volatile.Read(ref _analysed);

    /// <summary>Pictures in which nothing had moved. Thread-safe.</summary>
    public long Skipped => Volatile.Read(ref _skipped);

    /// <summary>The next picture, to be filled.</summary>
    public SmallPicture Filling => _pictures.Filling;

    /// <summary>Hands the filled picture over.</summary>
    public void Hand()
    {
        _ = _pictures.Publish(); // ignoring: one that nobody has looked at is too old.
        _alarm.Ring();
    }

    /// <summary>The newest mask; the same again while there is no newer.</summary>
    public Mask Look() => _masks.Look();

    /// <summary>Ends the thread when the picture in work is done.</summary>
    public void Dispose()
    {
        _stop = true;
        _alarm.Ring();
        _thread.Join();
        _segmenter?.Dispose();
        foreach (SmallPicture picture in _pictures.All) picture.Dispose();
        foreach (Mask mask in _masks.All) mask.Dispose();
        _motion.Dispose();
        _smoother.Dispose();
        _mask.Dispose();
    }

    private void Run()
    {
        while (!_stop)
        {
            SmallPicture picture = _pictures.Look();
            if (picture.Number == _last)
            {
                _alarm.Sleep(long.MaxValue);
                continue;
            }

            _last = picture.Number;
            picture.Calibration?.Add(picture);
            string? problem = Find(picture);

            // Whoever is told of a problem finds no mask any more.
            Publish(picture, problem is null);
            Become(problem);
        }
    }

    /// <summary>Has the mask of a picture in <see cref="_mask"/>.</summary>
    /// <returns>Why there is none; null: there is one.</returns>
    private string? Find(SmallPicture picture)
    {
        try
        {
            if (!TryMake(picture)) return _problem;
            _still = _motion.Compare(picture.View) ? 0 : _still + 1;
            if (_still > Settling)
            {
                Volatile.Write(ref _skipped, _skipped + 1);
                return _problem;
            }

            long began = MonotonicClock.Now;
            _segmenter!.Segment(picture.View, _mask.View);
            _cost.Add(MonotonicClock.Now - began);
            Volatile.Write(ref _analysed, _analysed + 1);
            _smoother.Smooth(_mask.View, _motion);
            _motion.Keep(picture.View);
            return _segmenter.Problem;
        }
        catch (Exception failure)
        {
            // Whatever it is: the camera goes on, and shows nothing of the room.
            _segmenter?.Dispose();
            _segmenter = null;
            _retryAt = picture.CaptureTime + Pause;
            return failure is CamfxException ? failure.Message : $"Who is in front cannot be found out: {failure.Message.TrimEnd('.')}; everything counts as background.";
        }
    }

    /// <summary>Has the segmenter that is to look at a picture.</summary>
    private bool TryMake(SmallPicture picture)
    {
        if (picture.Turn == _turn && (_segmenter is not null || picture.CaptureTime < _retryAt)) return _segmenter is not null;
        _segmenter?.Dispose();
        _segmenter = null;
        _turn = picture.Turn;
        _segmenter = (picture.Segmenters ?? _segmenters).Make(picture.Source, Width, Height);
        _smoother.Forget();
        _still = 0;
        return true;
    }

    private void Publish(SmallPicture picture, bool isUsable)
    {
        Mask mask = _masks.Filling;
        if (isUsable) FrameCopy.Copy(_mask.View, mask.View);
        (mask.Turn, mask.CaptureTime, mask.IsUsable) = (picture.Turn, picture.CaptureTime, isUsable);
        _ = _masks.Publish(); // ignoring: one that nobody has used is too old.
    }

    private void Become(string? problem)
    {
        if (problem == _problem) return;
        _problem = problem;
        _changed();
    }
}
