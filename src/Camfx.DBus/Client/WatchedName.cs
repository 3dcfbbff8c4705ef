namespace Camfx.DBus;

/// <summary>A name whose owner is known from the bus's answer and its later signals.</summary>
internal sealed class WatchedName
{
    private readonly List<Watcher> _watchers = [];
    private readonly IDisposable _signal;
    private readonly IDisposable _question;
    private bool _known;

    public WatchedName(Bus bus, string name)
    {
        // The rule is there before the question: no change can fall between them.
        _signal = bus.Subscribe(new BusMatch(Bus.DriverName, null, Bus.DriverName, "NameOwnerChanged", name), Hear);
        BusMessage call = bus.DriverCall("GetNameOwner");
        call.Writer.Write(name);
        _question = bus.CallAsync(call, Learn);
    }

    public string? Owner { get; private set; }

    public IDisposable Add(Action<string?>? changed, Action forget)
    {
        Watcher watcher = new(this, changed, forget);
        _watchers.Add(watcher);
        if (_known) changed?.Invoke(Owner);
        return watcher;
    }

    private void Learn(BusMessage reply)
    {
        if (_known) return; // A signal said something newer.
        if (reply.Error is { } error && error.Name != BusErrors.NameHasNoOwner) return;
        Set(reply.Error is null ? reply.Read().ReadString() : null);
    }

    private void Hear(BusMessage signal)
    {
        MessageReader reader = signal.Read();
        reader.ReadString();
        reader.ReadString();
        string owner = reader.ReadString();
        Set(owner.Length == 0 ? null : owner);
    }

    private void Set(string? owner)
    {
        _known = true;
        Owner = owner;
        foreach (Watcher watcher in _watchers.ToArray()) watcher.Tell(owner);
    }

    private void Remove(Watcher watcher, Action forget)
    {
        _watchers.Remove(watcher);
        if (_watchers.Count > 0) return;
        _signal.Dispose();
        _question.Dispose();
        forget();
    }

    private sealed class Watcher(WatchedName name, Action<string?>? changed, Action forget) : IDisposable
    {
        private bool _ended;

        public void Tell(string? owner)
        {
            if (!_ended) changed?.Invoke(owner);
        }

        public void Dispose()
        {
            if (_ended) return;
            _ended = true;
            name.Remove(this, forget);
        }
    }
}
