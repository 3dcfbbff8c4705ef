namespace Camfx.DBus;

/// <summary>Somebody who hears signals.</summary>
internal sealed class Subscription(Bus bus, BusMatch match, Action<BusMessage> handler, IDisposable? owner) : IDisposable
{
    private bool _ended;

    public BusMatch Match => match;

    public void Offer(BusMessage message)
    {
        if (!_ended && Fits(message)) handler(message);
    }

    public void Dispose()
    {
        if (_ended) return;
        _ended = true;
        bus.Unsubscribe(this);
        owner?.Dispose();
    }

    // Checked again here: any peer may send any signal to one connection, whatever rules that one has.
    private bool Fits(BusMessage message) =>
        (match.Member is null || message.Member == match.Member)
        && (match.Interface is null || message.Interface == match.Interface)
        && (match.Path is null || message.Path == match.Path)
        && (match.PathNamespace is null || IsInNamespace(message.Path, match.PathNamespace))
        && (match.Sender is null || message.Sender == (match.SenderIsWellKnown ? bus.Names.OwnerOf(match.Sender) : match.Sender))
        && (match.Argument0 is null || FirstText(message) == match.Argument0);

    private static bool IsInNamespace(string path, string parent) =>
        path == parent || parent == "/" || path.StartsWith(parent + "/", StringComparison.Ordinal);

    private static string? FirstText(BusMessage message) => message.Signature.StartsWith('s') ? message.Read().ReadString() : null;
}
