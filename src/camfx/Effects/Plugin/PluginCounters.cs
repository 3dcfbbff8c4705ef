namespace Camfx.Effects.Plugin;

/// <summary>What is counted about a plug-in. Each has one writer and is one word; anybody may read.</summary>
internal sealed class PluginCounters
{
    private long _shown;
    private long _byPassed;
    private long _held;
    private long _torn;
    private long _copiedBytes;
    private long _pictures;
    private long _unknown;
    private long _restarts;

    /// <summary>Frames that showed a picture of the plug-in.</summary>
    public long Shown => Volatile.Read(ref _shown);

    /// <summary>Frames that showed the camera's own picture.</summary>
    public long ByPassed => Volatile.Read(ref _byPassed);

    /// <summary>Frames that showed the camera's own picture of a frame before once more, so that the picture does not go back in time.</summary>
    public long Held => Volatile.Read(ref _held);

    /// <summary>Pictures the plug-in drew over while they were copied; the frame then showed the camera's own.</summary>
    public long Torn => Volatile.Read(ref _torn);

    /// <summary>Bytes copied by the render thread: to the plug-in, from it, and back.</summary>
    public long CopiedBytes => Volatile.Read(ref _copiedBytes);

    /// <summary>Pictures the plug-in has given.</summary>
    public long Pictures => Volatile.Read(ref _pictures);

    /// <summary>Pictures with a presentation time that no frame had.</summary>
    public long Unknown => Volatile.Read(ref _unknown);

    /// <summary>Times the program was started again.</summary>
    public long Restarts => Volatile.Read(ref _restarts);

    /// <summary>Whether the last frame showed the camera's own picture.</summary>
    public bool IsByPassed { get; private set; } = true;

    public void Show()
    {
        Interlocked.Increment(ref _shown);
        IsByPassed = false;
    }

    public void ByPass()
    {
        Interlocked.Increment(ref _byPassed);
        IsByPassed = true;
    }

    public void Hold() => Interlocked.Increment(ref _held);

    public void Tear() => Interlocked.Increment(ref _torn);

    public void Copy(int bytes) => Interlocked.Add(ref _copiedBytes, bytes);

    public void PictureCame(bool isKnown)
    {
        Interlocked.Increment(ref _pictures);
        if (!isKnown) Interlocked.Increment(ref _unknown);
    }

    public void Restart() => Interlocked.Increment(ref _restarts);
}
