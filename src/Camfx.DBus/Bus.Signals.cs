namespace Camfx.DBus;

/// <content>Hearing signals and watching names.</content>
public sealed unsafe partial class Bus
{
    private readonly NameTable _names;
    private readonly List<Subscription> _subscriptions = [];

    /// <summary>Calls back for every signal that matches, from its next on.</summary>
    /// <param name="match">Which signals. One that names a sender by its well-known name accepts only signals of its owner.</param>
    /// <param name="handler">Called from <see cref="Process"/>; the message is freed after it.</param>
    /// <returns>Disposed on the connection's thread, it ends the subscription.</returns>
    public IDisposable Subscribe(BusMatch match, Action<BusMessage> handler)
    {
        IDisposable? owner = match.SenderIsWellKnown ? _names.Watch(match.Sender!, changed: null) : null;
        Subscription subscription = new(this, match, handler, owner);
        _subscriptions.Add(subscription);
        ChangeMatch("AddMatch", match);
        return subscription;
    }

    /// <summary>Calls back with a name's owner (null for none) as soon as it is known, then at every change.</summary>
    /// <param name="name">A well-known name, or a unique one: such a name never comes back once it is gone.</param>
    /// <param name="changed">Called from <see cref="Process"/> with the owner's unique name.</param>
    /// <returns>Disposed on the connection's thread, it ends the watch.</returns>
    public IDisposable WatchName(string name, Action<string?> changed) => _names.Watch(name, changed);

    internal void Unsubscribe(Subscription subscription)
    {
        if (_subscriptions.Remove(subscription) && IsOpen) ChangeMatch("RemoveMatch", subscription.Match);
    }

    private void ChangeMatch(string member, BusMatch match)
    {
        BusMessage call = DriverCall(member);
        call.Writer.Write(match.Rule);

        // A refused rule would mean that signals are missed without a word.
        CallAsync(call, static reply =>
        {
            if (reply.Error is { } error && error.Name is not (BusErrors.Disconnected or BusErrors.NoReply)) throw error;
        });
    }

    private void DispatchSignal(BusMessage message)
    {
        // A handler may subscribe and unsubscribe.
        foreach (Subscription subscription in _subscriptions.ToArray()) subscription.Offer(message);
    }
}
