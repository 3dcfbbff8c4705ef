namespace Camfx.DBus;

/// <summary>A call that is not answered yet.</summary>
internal sealed class PendingCall(Action<BusMessage> done, ReleaseQueue release) : IDisposable
{
    private Action<BusMessage>? _done = done;

    public ReleaseQueue Release => release;

    public void Complete(BusMessage reply)
    {
        Action<BusMessage>? waiting = _done;
        _done = null;
        waiting?.Invoke(reply);
    }

    public void Dispose() => _done = null;
}
