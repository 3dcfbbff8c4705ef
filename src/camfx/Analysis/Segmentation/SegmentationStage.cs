using Camfx.Analysis.Plates;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Analysis.Segmentation;

/// <summary>
/// Who is in front in a camera's pictures: one matte a frame, however many effects ask for it. The source's picture is made small and handed to a thread,
/// which is never waited for; its newest mask is fitted to the edges of the picture that is shown now.
/// </summary>
/// <param name="width">Of the camera, in pixels.</param>
/// <param name="height">Of the camera, in pixels.</param>
/// <param name="segmenters">Where it has its segmenters from.</param>
/// <param name="changed">Called on whatever thread when <see cref="Problem"/> is another one.</param>
/// <remarks>Thread-bound to the render thread where nothing else is said. Allocates with the first picture, and never again.</remarks>
internal sealed class SegmentationStage(int width, int height, ISegmenters segmenters, Action changed) : IDisposable
{
    /// <summary>The height of the pictures that are looked at; their width is as the camera's shape says.</summary>
    private const int SmallHeight = 144;

    private const int LargestWidth = 512;

    /// <summary>How old a mask may be, in ns: somebody who moves is elsewhere by then.</summary>
    private const long Patience = 500_000_000;

    /// <summary>How long masks may be too old before it is said, in ns.</summary>
    private const long Lateness = 1_000_000_000;

    private const string Late = "Finding out who is in front takes more than half a second a picture, so that everything counts as background; choose a cheaper engine.";

    private volatile SegmentationThread? _thread;
    private volatile Calibration? _calibration;
    private volatile bool _isLate;
    private volatile bool _isRenewed;
    private Scaler? _scaler;
    private GuidedUpsampler? _upsampler;
    private Matte? _matte;
    private PictureOrigin _seen;
    private ISegmenters? _chosen;
    private long _number;
    private long _turn;
    private long _inTime;
    private bool _hasMatte;
    private bool _isAnswered;

    /// <summary>Why there is no matte, so that everything counts as background, and what to do; null: there is one, or will be. Thread-safe.</summary>
    public string? Problem => _isRenewed ? null : _isLate ? Late : _thread?.Problem;

    /// <summary>Whether the first mask may still come: a problem may be that of another source, or be solved by now.</summary>
    public bool IsAwaited => !_hasMatte && (!_isAnswered || Problem is null);

    /// <summary>Whether pictures are wanted although no effect asks for them. Thread-safe.</summary>
    public bool IsCalibrating => _calibration is not null;

    /// <summary>What the segmenter needs for a picture, on its own thread, in ms; 0 before the first. Thread-safe.</summary>
    public double Milliseconds => _thread?.Milliseconds ?? 0;

    /// <summary>Pictures that were looked at. Thread-safe.</summary>
    public long Analysed => _thread?.Analysed ?? 0;

    /// <summary>Pictures that were not, for nothing had moved. Thread-safe.</summary>
    public long Skipped => _thread?.Skipped ?? 0;

    /// <summary>Has the next pictures recorded. Thread-safe.</summary>
    /// <returns>False: that is being done already.</returns>
    public bool TryBegin(Calibration calibration) => Interlocked.CompareExchange(ref _calibration, calibration, null) is null;

    /// <summary>Ends what was begun. Thread-safe.</summary>
    public void End(Calibration calibration)
    {
        if (Interlocked.CompareExchange(ref _calibration, null, calibration) == calibration) _isRenewed = true;
    }

    /// <summary>Looks at the source's picture.</summary>
    /// <param name="picture">I420, of the camera's size, as it came from the source.</param>
    /// <param name="origin">Which picture it is.</param>
    /// <param name="chosen">Where segmenters are to come from instead.</param>
    /// <returns>Who is in front in it, until the next call; null: nobody knows, and everything is to count as background.</returns>
    public Matte? See(in FrameView picture, in PictureOrigin origin, ISegmenters? chosen = null)
    {
        SegmentationThread thread = _thread ?? Begin();
        bool isOther = _isRenewed || origin.Source != _seen.Source || chosen != _chosen;
        if (isOther)
        {
            _isRenewed = false;
            _chosen = chosen;
            _turn++;
        }

        // Nobody was late while there was nothing to do.
        if (isOther || origin.CaptureTime - _seen.CaptureTime > Patience) _inTime = origin.CaptureTime;
        if (isOther || origin.CaptureTime != _seen.CaptureTime) Hand(thread, picture, origin);
        _seen = origin;
        Mask mask = thread.Look();
        _isAnswered = mask.Turn == _turn;
        _hasMatte = IsInTime(mask, origin) && mask.IsUsable;
        if (!_hasMatte) return null;
        _upsampler!.Apply(mask.View, picture, _matte!);
        return _matte;
    }

    public void Dispose() => _thread?.Dispose();

    /// <summary>An even number of pixels, so that chroma has half of it.</summary>
    private static int Even(double length) => Math.Max(2, (int)Math.Round(length / 2) * 2);

    private SegmentationThread Begin()
    {
        int smallHeight = Math.Min(SmallHeight, height & ~1);
        int smallWidth = Math.Min(LargestWidth, Even((double)smallHeight * width / height));
        _scaler = new Scaler(width, height, smallWidth, smallHeight);
        _upsampler = new GuidedUpsampler(smallWidth, smallHeight, width, height);
        _matte = new Matte(width, height);
        return _thread = new SegmentationThread(smallWidth, smallHeight, segmenters, changed);
    }

    private void Hand(SegmentationThread thread, in FrameView picture, in PictureOrigin origin)
    {
        SmallPicture small = thread.Filling;
        _scaler!.Scale(picture, small.View);
        (small.Number, small.Turn, small.Source, small.Segmenters) = (++_number, _turn, origin.Source, _chosen);
        (small.CaptureTime, small.Calibration) = (origin.CaptureTime, _calibration);
        thread.Hand();
    }

    private bool IsInTime(Mask mask, in PictureOrigin origin)
    {
        bool isInTime = mask.Turn == _turn && Math.Abs(origin.CaptureTime - mask.CaptureTime) <= Patience;
        if (isInTime) _inTime = origin.CaptureTime;
        bool isLate = origin.CaptureTime - _inTime > Lateness;
        if (isLate == _isLate) return isInTime;
        _isLate = isLate;
        changed();
        return isInTime;
    }
}
