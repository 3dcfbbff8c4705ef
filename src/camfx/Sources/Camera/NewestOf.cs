namespace Camfx.Sources.Camera;

/// <summary>
/// Hands the newest of something from one thread to another without a lock and without waiting: three places, of which one is being filled, one is
/// the newest, and one is being looked at.
/// </summary>
/// <typeparam name="T">What is handed over; the three are made once and go round.</typeparam>
/// <remarks>One thread fills, one looks.</remarks>
internal sealed class NewestOf<T>(Func<T> make)
    where T : class
{
    private const int Index = 3, Fresh = 4;

    private readonly T[] _places = [make(), make(), make()];
    private int _filling;
    private int _newest = 1;
    private int _looking = 2;

    /// <summary>All three, for when neither thread is at work.</summary>
    public ReadOnlySpan<T> All => _places;

    /// <summary>What is being filled. Only the filling thread.</summary>
    public T Filling => _places[_filling];

    /// <summary>Makes what was filled the newest; afterwards <see cref="Filling"/> is one that nobody looks at any more. Only the filling thread.</summary>
    /// <returns>Whether it replaced one that nobody had looked at.</returns>
    public bool Publish()
    {
        int before = Interlocked.Exchange(ref _newest, _filling | Fresh);
        _filling = before & Index;
        return (before & Fresh) != 0;
    }

    /// <summary>The newest one; the same again while there is no newer. Only the looking thread, which may use it until it calls again.</summary>
    public T Look()
    {
        if ((Volatile.Read(ref _newest) & Fresh) != 0) _looking = Interlocked.Exchange(ref _newest, _looking) & Index;
        return _places[_looking];
    }
}
