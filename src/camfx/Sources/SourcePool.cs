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
        lock (_gate) return Find(key) is not null;
    }

    /// <summary>Whether anything else is open, which a source in trouble could share.</summary>
    internal bool HasOthers
    {
        get
        {
            lock (_gate) return _open.Count > 1;
        }
    }

    /// <summary>The open source of this key, one share more; if there is none it is <paramref name="made"/>, which the caller then starts.</summary>
    internal OpenSource Join(string key, ISharedSource made)
    {
        lock (_gate)
        {
            OpenSource? open = Find(key);
            if (open is null) _open.Add(key, open = new OpenSource(key, made));
            open.Shares++;
            return open;
        }
    }

    /// <summary>As <see cref="Join"/>, if another source than <paramref name="present"/> has what the key says; else null.</summary>
    internal OpenSource? JoinOther(string key, OpenSource present)
    {
        lock (_gate)
        {
            if (Find(key) is not { } open || open == present) return null;
            open.Shares++;
            return open;
        }
    }

    /// <summary>It has failed: who opens the same from now on gets another one.</summary>
    internal void Forget(OpenSource failed)
    {
        lock (_gate) Remove(failed);
    }

    /// <summary>One share less; the last one closes the source.</summary>
    internal void Leave(OpenSource open)
    {
        lock (_gate)
        {
            if (--open.Shares > 0) return;
            Remove(open);
        }

        open.Source.Dispose();
    }

    // One that had nothing when it was opened has a key of its own only since.
    private OpenSource? Find(string key) => _open.GetValueOrDefault(key) ?? _open.Values.FirstOrDefault(open => open.Source.OpenKey == key);

    private void Remove(OpenSource open)
    {
        if (_open.TryGetValue(open.Key, out OpenSource? now) && now == open) _open.Remove(open.Key);
    }
}
