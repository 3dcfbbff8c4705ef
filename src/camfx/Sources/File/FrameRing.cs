namespace Camfx.Sources.File;

/// <summary>
/// Frames decoded ahead of their time: one thread fills, the render thread looks at the front. The boxes are reused, so neither allocates.
/// </summary>
/// <remarks><see cref="Back"/>, <see cref="Push"/> and <see cref="IsFull"/> belong to the filling thread, the rest to the render thread.</remarks>
internal sealed class FrameRing : IDisposable
{
    private readonly RingFrame[] _frames;
    private long _pushed;
    private long _popped;

    /// <param name="ahead">Frames that may be ready before one is looked at.</param>
    public FrameRing(int ahead)
    {
        // One more is being shown, and one being filled.
        _frames = new RingFrame[ahead + 2];
        for (int i = 0; i < _frames.Length; i++) _frames[i] = new RingFrame();
    }

    /// <summary>Whether there is no box to fill.</summary>
    public bool IsFull => _pushed - Volatile.Read(ref _popped) >= _frames.Length - 2;

    /// <summary>The box to fill next.</summary>
    public RingFrame Back => _frames[_pushed % _frames.Length];

    /// <summary>Frames that are ready. Render thread.</summary>
    public int Count => (int)(Volatile.Read(ref _pushed) - _popped);

    /// <summary>Whether a frame is ready.</summary>
    public bool HasNext => Volatile.Read(ref _pushed) > _popped;

    /// <summary>The oldest frame that is ready.</summary>
    public RingFrame Next => _frames[_popped % _frames.Length];

    /// <summary>The filled box is ready.</summary>
    public void Push() => Volatile.Write(ref _pushed, _pushed + 1);

    /// <summary>Takes the oldest frame; it stays valid until the next one is taken.</summary>
    public RingFrame Pop()
    {
        RingFrame frame = Next;
        Volatile.Write(ref _popped, _popped + 1);
        return frame;
    }

    public void Dispose()
    {
        foreach (RingFrame frame in _frames) frame.Dispose();
    }
}
