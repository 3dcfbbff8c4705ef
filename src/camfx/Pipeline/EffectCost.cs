namespace Camfx.Pipeline;

/// <summary>What an effect costs the render thread: a running mean over some sixteen frames.</summary>
/// <remarks>The render thread adds, any thread asks.</remarks>
internal sealed class EffectCost
{
    private const int Frames = 16;

    private long _mean;

    /// <summary>In ms; 0 before the first frame.</summary>
    public double Milliseconds => Volatile.Read(ref _mean) / 1e6;

    /// <summary>One frame more, in ns.</summary>
    public void Add(long time) => Volatile.Write(ref _mean, _mean == 0 ? time : _mean + (time - _mean) / Frames);
}
