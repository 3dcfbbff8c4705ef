using Camfx.Analysis.Segmentation;
using Camfx.Frames;
using Camfx.Imaging;
using Camfx.Pipeline;
using Camfx.Posix;
using Camfx.Sources.Camera;

namespace Camfx.Analysis.Faces;

/// <summary>
/// The faces in an effect's pictures. A picture now and then is made small and handed to a thread, which is never waited for; the newest faces count.
/// A picture in which nothing has moved is not looked at: the faces before are still there.
/// </summary>
/// <remarks>Thread-bound to the render thread where nothing else is said. The thread begins with the first picture; from then on nothing is allocated.</remarks>
internal sealed class FaceStage : IDisposable
{
    /// <summary>Between two pictures that are looked at, in ns: a head does not get far meanwhile.</summary>
    public const long Interval = 100_000_000;

    private readonly Alarm _alarm = new();
    private readonly NewestOf<FaceSighting> _sightings = new(static () => new FaceSighting());
    private readonly NewestOf<FacePicture> _pictures;
    private readonly EffectCost _cost = new();
    private readonly MotionMeter _motion;
    private readonly IFaceDetector _detector;
    private readonly Scaler _scaler;
    private readonly double _horizontally;
    private readonly double _vertically;
    private volatile bool _stop;
    private Thread? _thread;
    private bool _sawAny;
    private long _number;
    private long _analysed;
    private long _skipped;
    private long _handedAt = long.MinValue / 2;

    /// <summary>Prepares it for pictures of one size.</summary>
    /// <param name="width">Of the camera, in pixels.</param>
    /// <param name="height">Of the camera, in pixels.</param>
    /// <param name="detector">Finds the faces; is disposed with it.</param>
    public FaceStage(int width, int height, IFaceDetector detector)
    {
        _detector = detector;
        _scaler = new Scaler(width, height, detector.Width, detector.Height);
        _pictures = new NewestOf<FacePicture>(() => new FacePicture(detector.Width, detector.Height));
        _motion = new MotionMeter(detector.Width, detector.Height);
        (_horizontally, _vertically) = ((double)width / detector.Width, (double)height / detector.Height);
    }

    /// <summary>What the detector needs for a picture, on its own thread, in ms; 0 before the first. Thread-safe.</summary>
    public double Milliseconds => _cost.Milliseconds;

    /// <summary>Pictures that were looked at. Thread-safe.</summary>
    public long Analysed => Volatile.Read(ref _analysed);

    /// <summary>Pictures that were not, for nothing had moved. Thread-safe.</summary>
    public long Skipped => Volatile.Read(ref _skipped);

    /// <summary>Looks at a picture.</summary>
    /// <param name="picture">I420, of the camera's size.</param>
    /// <param name="time">When it is shown, in ns.</param>
    /// <returns>The newest faces there are, of this picture or one a little before; they stay until the next call.</returns>
    public FaceSighting See(in FrameView picture, long time)
    {
        if (time - _handedAt is >= Interval or < 0)
        {
            _handedAt = time;
            FacePicture small = _pictures.Filling;
            _scaler.Scale(picture, small.View);
            small.Number = ++_number;
            _ = _pictures.Publish(); // ignoring: one that nobody has looked at is too old.
            if (_thread is null) Begin();
            _alarm.Ring();
        }

        return _sightings.Look();
    }

    public void Dispose()
    {
        _stop = true;
        _alarm.Ring();
        _thread?.Join();
        _detector.Dispose();
        _motion.Dispose();
        foreach (FacePicture picture in _pictures.All) picture.Dispose();
    }

    private void Begin()
    {
        _thread = new Thread(Run) { Name = "camfx faces", IsBackground = true };
        _thread.Start();
    }

    private void Run()
    {
        Span<FaceBox> found = stackalloc FaceBox[FaceSighting.Most];
        long last = 0;
        while (!_stop)
        {
            FacePicture picture = _pictures.Look();
            if (picture.Number == last)
            {
                _alarm.Sleep(long.MaxValue);
                continue;
            }

            last = picture.Number;
            if (_sawAny && !_motion.Compare(picture.View))
            {
                Volatile.Write(ref _skipped, _skipped + 1);
                continue;
            }

            _sawAny = true;
            _motion.Keep(picture.View);
            Publish(picture, found);
            Volatile.Write(ref _analysed, _analysed + 1);
        }
    }

    private void Publish(FacePicture picture, Span<FaceBox> found)
    {
        long began = MonotonicClock.Now;
        int count = _detector.Detect(picture.View, found);
        _cost.Add(MonotonicClock.Now - began);
        FaceSighting sighting = _sightings.Filling;
        sighting.Take(found[..count], _horizontally, _vertically);
        _ = _sightings.Publish(); // ignoring: one that nobody has used is too old.
    }
}
