using Camfx.Configuration;
using Camfx.Frames;

namespace Camfx.Sources;

/// <summary>One camera's share in a source that several may show.</summary>
/// <remarks>Thread-bound to its camera's render thread but for the counters.</remarks>
internal sealed class SourceShare(SourcePool pool, string uri, ISharedSource made, CameraMode mode) : ISource
{
    /// <summary>Until a source in trouble looks again whether another camera's has what it waits for, ns.</summary>
    private const long LookPause = 1_000_000_000;

    private readonly PictureFitter _fitter = new(mode.Width, mode.Height);
    private readonly Lock _gate = new();
    private Action _arrived = static () => { };
    private long _lookAt;
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
            if (open.Source.Draw(_fitter, target, time, out picture)) return true;
        }
        catch
        {
            pool.Forget(open);
            throw;
        }

        if (made.FindKey is not null && open.Source.Trouble is not null && time >= _lookAt && pool.HasOthers) LookAround(time);
        return false;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
        }

        if (_open is not { } open)
        {
            made.Dispose();
        }
        else
        {
            open.TellNoMore(_arrived);
            pool.Leave(open);
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

    /// <summary>What it waits for may be open by now, as another camera's: a webcam that was plugged in, known there by another name.</summary>
    private void LookAround(long time)
    {
        _lookAt = time + LookPause;
        ThreadPool.UnsafeQueueUserWorkItem(static share => share.GoOver(share.FindKey()), this, preferLocal: false);
    }

    private void GoOver(string key)
    {
        OpenSource before;
        lock (_gate)
        {
            if (_isDisposed || pool.JoinOther(key, _open!) is not { } other) return;
            before = _open!;
            other.Tell(_arrived);
            _open = other;
        }

        before.TellNoMore(_arrived);
        pool.Leave(before);
        _arrived();
    }

    private void Join(string key)
    {
        OpenSource open;
        lock (_gate)
        {
            if (_isDisposed) return;
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
