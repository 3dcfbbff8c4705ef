using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Imaging;
using Camfx.Posix;

namespace Camfx.Sources.Test;

/// <summary>The source <c>test:KIND</c>: a pattern, drawn straight into the frame that is published.</summary>
internal sealed class TestSource : ISource
{
    private const string Kinds = "smpte, bars, checker, gradient, ball, counter, noise, solid";

    private readonly ITestPattern _pattern;
    private FrameBuffer? _still;
    private long _frame;

    private TestSource(ITestPattern pattern) => _pattern = pattern;

    public long Dropped => 0;

    /// <exception cref="CamfxException">Unknown kind, or a size <c>counter</c> cannot be drawn in.</exception>
    public static TestSource Create(SourceUri uri, CameraMode mode)
    {
        uri.AllowKeys(uri.Path == "solid" ? ["color"] : []);
        if (uri.Path == "counter" && (mode.Width % 16 != 0 || mode.Height < 192))
        {
            throw CamfxException.Usage(
                $"test:counter needs a width that is a multiple of 16 and a height of at least 192; the camera is {mode.Width}x{mode.Height}.");
        }

        return new TestSource(uri.Path switch
        {
            "smpte" or "" => new SmptePattern(),
            "bars" => new BarsPattern(),
            "checker" => new CheckerPattern(),
            "gradient" => new GradientPattern(),
            "ball" => new BallPattern(),
            "counter" => new CounterPattern(),
            "noise" => new NoisePattern(),
            "solid" => new SolidPattern(YuvColor.Parse(uri.Value("color") ?? "#00b140")),
            _ => throw CamfxException.Usage($"There is no test picture '{uri.Path}'; the kinds are: {Kinds}."),
        });
    }

    public void Probe()
    {
    }

    public void Start(Action arrived) => arrived();

    public bool Draw(in FrameView target, long time, out PictureInfo picture)
    {
        picture = new PictureInfo(MonotonicClock.Now, ColorMatrix.Bt601);
        if (_pattern.IsStill)
        {
            if (_still is null)
            {
                _still = new FrameBuffer(
                    FrameLayout.Packed(PixelFormat.I420, target.Width, target.Height), ColorMatrix.Bt601, ColorRange.Limited);
                _pattern.Paint(_still.View, 0);
            }

            Converter.Convert(_still.View, target);
        }
        else
        {
            _pattern.Paint(target, _frame++);
        }

        return true;
    }

    public void Dispose() => _still?.Dispose();
}
