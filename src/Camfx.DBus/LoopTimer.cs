namespace Camfx.DBus;

/// <summary>Something to be done once.</summary>
internal sealed class LoopTimer(Action work) : IDisposable
{
    private Action? _work = work;

    public void Run()
    {
        Action? due = _work;
        _work = null;
        due?.Invoke();
    }

    public void Dispose() => _work = null;
}
