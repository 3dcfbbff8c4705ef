using Camfx.Configuration;
using Camfx.Frames;

namespace Camfx.Sources;

/// <summary>One camera's share in a source that several may show.</summary>
/// <remarks>Thread-bound to its camera's render thread but for the counters.</remarks>
internal sealed class SourceShare(SourcePool pool, string uri, ISharedSource made, CameraMode mode) : ISource
{
    private readonly PictureFitter _fitter = new(mode.Width, mode.Height);
    private Action _arrived = static () => { };
    private OpenSource? _open;

    public long Dropped => _open?.Source.Dropped ?? 0;

    public long Corrupted => _open?.Source.Corrupted ?? 0;

    public string? Trouble => _open?.Source.Trouble;

    public long CopiedBytes => _open?.Source.CopiedBytes ?? 0;

    public void Probe()
    {
        // What is open works, and a camera that is busy with us would only say so.
        if (!pool.IsOpen(uri)) made.Probe();
    }

    public void Start(Action arrived)
    {
        _arrived = arrived;
        _open = pool.Join(uri, made);
        _open.Tell(arrived);
        if (_open.Source == made)
        {
            _open.Start();
            return;
        }

        // It may have had its first picture long ago.
        made.Dispose();
        arrived();
    }

    public bool Draw(in FrameView target, long time, out PictureInfo picture)
    {
        try
        {
            return _open!.Source.Draw(_fitter, target, time, out picture);
        }
        catch
        {
            pool.Forget(uri, _open!);
            throw;
        }
    }

    public void Dispose()
    {
        if (_open is null)
        {
            made.Dispose();
        }
        else
        {
            _open.TellNoMore(_arrived);
            pool.Leave(uri, _open);
        }

        _fitter.Dispose();
    }
}
