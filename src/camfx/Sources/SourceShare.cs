using Camfx.Configuration;
using Camfx.Frames;

namespace Camfx.Sources;

/// <summary>One camera's share in a source that several may show.</summary>
/// <remarks>Thread-bound to its camera's render thread but for the counters.</remarks>
internal sealed class SourceShare(SourcePool pool, string uri, ISharedSource made, CameraMode mode) : ISource
{
    private readonly PictureFitter _fitter = new(mode.Width, mode.Height);
    private readonly Lock _gate = new();
    private Action _arrived = static () => { };
    private string _key = "";
    private volatile OpenSource? _open;
    private bool _isDisposed;

    public long Dropped => _open?.Source.Dropped ?? 0;

    public long Corrupted => _open?.Source.Corrupted ?? 0;

    public string? Trouble => _open?.Source.Trouble;

    public long CopiedBytes => _open?.Source.CopiedBytes ?? 0;

    public void Probe()
    {
        // What is open works, and a camera that is busy with us would only say so.
        if (!pool.IsOpen(FindKey())) made.Probe();
    }

    public void Start(Action arrived)
    {
        _arrived = arrived;
        if (made.FindKey is null) Join(uri);
        else ThreadPool.UnsafeQueueUserWorkItem(static share => share.Join(share.FindKey()), this, preferLocal: false);
    }

    public bool Draw(in FrameView target, long time, out PictureInfo picture)
    {
        picture = default;
        if (_open is not { } open) return false;
        try
        {
            return open.Source.Draw(_fitter, target, time, out picture);
        }
        catch
        {
            pool.Forget(_key, open);
            throw;
        }
    }

    public void Dispose()
    {
        lock (_gate) _isDisposed = true;
        if (_open is not { } open)
        {
            made.Dispose();
        }
        else
        {
            open.TellNoMore(_arrived);
            pool.Leave(_key, open);
        }

        _fitter.Dispose();
    }

    private string FindKey()
    {
        try
        {
            return made.FindKey?.Invoke() ?? uri;
        }
        catch (Exception)
        {
            return uri; // It says what is the matter when it is opened.
        }
    }

    private void Join(string key)
    {
        OpenSource open;
        lock (_gate)
        {
            if (_isDisposed) return;
            _key = key;
            open = pool.Join(key, made);
            open.Tell(_arrived);
            if (open.Source == made) open.Start();
            _open = open;
        }

        if (open.Source == made) return;

        // It may have had its first picture long ago.
        made.Dispose();
        _arrived();
    }
}
