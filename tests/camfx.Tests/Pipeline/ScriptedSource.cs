using System.Globalization;
using Camfx.Frames;
using Camfx.Sources;

namespace Camfx.Tests.Pipeline;

/// <summary>One of the <see cref="ScriptedSources"/>.</summary>
internal sealed unsafe class ScriptedSource(ScriptedSources script, string uri) : ISharedSource
{
    private readonly string _kind = uri[..uri.IndexOf(':')];
    private bool _started;

    public long Dropped => 0;

    public string? Trouble => _kind == "single" && !script.TryTake(uri) ? "Somebody has it." : null;


    public void Probe()
    {
        if (_kind == "broken") throw new CamfxException(ExitCode.NoSuchThing, "It is broken.");
    }

    public void Start(Action arrived)
    {
        _started = true;
        script.Open(uri);
        arrived();
    }

    public bool Draw(in FrameView target, long time, out PictureInfo picture)
    {
        picture = new PictureInfo(time, ColorMatrix.Bt601);
        if (_kind == "failing" && script.Fails) throw new CamfxException(ExitCode.Failed, "The lens cap is on.");
        if (_kind == "throwing" && script.Fails) throw new InvalidOperationException("It was not thought of.");
        if (Trouble is not null) return false;
        if (_kind == "slow" && !script.SlowOnesAreThere) return false;
        byte luma = byte.Parse(uri.AsSpan(uri.IndexOf(':') + 1), CultureInfo.InvariantCulture);
        for (int plane = 0; plane < 3; plane++)
        {
            int width = plane == 0 ? target.Width : target.Width / 2, height = plane == 0 ? target.Height : target.Height / 2;
            for (int row = 0; row < height; row++) new Span<byte>(target.Plane(plane) + row * target.Stride(plane), width).Fill(plane == 0 ? luma : (byte)128);
        }

        return true;
    }

    public bool Draw(PictureFitter fitter, in FrameView target, long time, out PictureInfo picture) => Draw(target, time, out picture);

    public void Dispose()
    {
        if (!_started) return;
        script.LetGo(uri);
        script.Close(uri);
        if (_kind == "throwing") throw new InvalidOperationException("It does not end either.");
    }
}
