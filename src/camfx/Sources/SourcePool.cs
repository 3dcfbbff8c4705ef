using Camfx.Configuration;

namespace Camfx.Sources;

/// <summary>
/// Makes sources, and keeps those that can be shared from being opened twice: cameras whose sources would open the same thing show one. It is opened with the
/// first of them, as suits that camera's size and rate, and closed with the last.
/// </summary>
/// <param name="create">Makes a source of a URI; nothing is opened yet.</param>
/// <remarks>Thread-safe. No source is opened or closed with the lock held.</remarks>
internal sealed class SourcePool(Func<string, CameraMode, ISource> create)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, OpenSource> _open = new(StringComparer.Ordinal);

    /// <summary>The one all cameras of this process have.</summary>
    public static SourcePool OfProcess { get; } = new(SourceKinds.Create);

    /// <summary>Makes the source a URI names, or a share in the one that is open. Nothing is opened before it is started.</summary>
    /// <exception cref="CamfxException">Unknown scheme, kind or key.</exception>
    public ISource Create(string uri, CameraMode mode)
    {
        ISource made = create(uri, mode);
        return made is ISharedSource shared ? new SourceShare(this, uri, shared, mode) : made;
    }

    /// <summary>Whether somebody shows it already.</summary>
    internal bool IsOpen(string key)
    {
        lock (_gate) return _open.ContainsKey(key);
    }

    /// <summary>The open source of this key, one share more; if there is none it is <paramref name="made"/>, which the caller then starts.</summary>
    internal OpenSource Join(string key, ISharedSource made)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(key, out OpenSource? open)) _open.Add(key, open = new OpenSource(made));
            open.Shares++;
            return open;
        }
    }

    /// <summary>It has failed: who opens the same from now on gets another one.</summary>
    internal void Forget(string key, OpenSource failed)
    {
        lock (_gate) Remove(key, failed);
    }

    /// <summary>One share less; the last one closes the source.</summary>
    internal void Leave(string key, OpenSource open)
    {
        lock (_gate)
        {
            if (--open.Shares > 0) return;
            Remove(key, open);
        }

        open.Source.Dispose();
    }

    private void Remove(string key, OpenSource open)
    {
        if (_open.TryGetValue(key, out OpenSource? now) && now == open) _open.Remove(key);
    }
}
