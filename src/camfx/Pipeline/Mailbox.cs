namespace Camfx.Pipeline;

/// <summary>
/// A hand-over between two threads in which the newest wins: three boxes, one being filled, one waiting, one being looked at. Putting never
/// waits for taking, and what nobody took is replaced and counted.
/// </summary>
/// <typeparam name="T">What is filled again and again, e.g. a decoded frame. The mailbox owns its three.</typeparam>
/// <remarks><see cref="Back"/> and <see cref="Put"/> belong to the filling thread; <see cref="Front"/> and <see cref="TryTake"/> to the looking one.</remarks>
internal sealed class Mailbox<T> : IDisposable
    where T : class, IDisposable
{
    private readonly Lock _gate = new();
    private T _waiting;
    private bool _fresh;
    private long _replaced;

    public Mailbox(Func<T> create)
    {
        Back = create();
        _waiting = create();
        Front = create();
    }

    /// <summary>The box to fill next.</summary>
    public T Back { get; private set; }

    /// <summary>The box taken last.</summary>
    public T Front { get; private set; }

    /// <summary>Boxes that were replaced before anybody took them.</summary>
    public long Replaced => Volatile.Read(ref _replaced);

    /// <summary>Makes <see cref="Back"/> the newest.</summary>
    public void Put()
    {
        lock (_gate)
        {
            (Back, _waiting) = (_waiting, Back);
            if (_fresh) _replaced++;
            _fresh = true;
        }
    }

    /// <summary>Brings the newest to <see cref="Front"/>; false when there is none newer than the one there.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            if (!_fresh) return false;
            (Front, _waiting) = (_waiting, Front);
            _fresh = false;
            return true;
        }
    }

    /// <summary>Disposes of all three. Both threads must have let go.</summary>
    public void Dispose()
    {
        Back.Dispose();
        _waiting.Dispose();
        Front.Dispose();
    }
}
