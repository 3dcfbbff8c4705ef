namespace Camfx.Effects;

/// <summary>A number that follows another one smoothly: two thirds of the way in the time it is given, however many frames that are. The first value is taken as it is.</summary>
/// <param name="seconds">The time; 0: at once.</param>
internal struct Smoother(double seconds)
{
    private long _last = -1;

    /// <summary>Where it is.</summary>
    public double Value { get; private set; }

    /// <summary>Goes on towards <paramref name="wanted"/>.</summary>
    /// <param name="wanted">Where it shall be.</param>
    /// <param name="time">The frame's, in ns.</param>
    public void Follow(double wanted, long time)
    {
        double passed = (time - _last) / 1e9;
        double part = _last < 0 || seconds <= 0 ? 1 : 1 - Math.Exp(-Math.Max(passed, 0) / seconds);
        _last = time;
        Value += (wanted - Value) * part;
    }
}
