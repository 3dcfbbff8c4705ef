namespace Camfx.DBus;

/// <summary>Somebody else's org.freedesktop.DBus.ObjectManager: which objects there are, and which come and go.</summary>
/// <remarks>Thread-bound to its connection.</remarks>
public sealed class ObjectManagerProxy(Bus bus, string destination, ObjectPath path) : IDisposable
{
    private readonly List<IDisposable> _subscriptions = [];

    /// <summary>All objects with their interfaces and properties; waits.</summary>
    /// <exception cref="BusException">The call failed.</exception>
    public IReadOnlyDictionary<ObjectPath, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Variant>>> GetManagedObjects()
    {
        using BusMessage reply = bus.Call(NewCall());
        return StandardTypes.Objects.Read(reply.Read());
    }

    /// <summary>All objects with their interfaces and properties.</summary>
    /// <param name="done">Called once, with them or with the error.</param>
    public IDisposable GetManagedObjectsAsync(
        Action<BusReply<IReadOnlyDictionary<ObjectPath, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Variant>>>>> done) =>
        bus.CallAsync(NewCall(), reply =>
            done(BusReply<IReadOnlyDictionary<ObjectPath, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Variant>>>>.From(reply, StandardTypes.Objects.Read)));

    /// <summary>Calls back when an object gets interfaces, and when it loses some.</summary>
    /// <param name="added">With the object and the properties of its new interfaces.</param>
    /// <param name="removed">With the object and the names of the interfaces that are gone.</param>
    public void Follow(Action<ObjectPath, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Variant>>> added, Action<ObjectPath, string[]> removed)
    {
        Hear("InterfacesAdded", "oa{sa{sv}}", reader => added(reader.ReadObjectPath(), StandardTypes.Interfaces.Read(reader)));
        Hear("InterfacesRemoved", "oas", reader => removed(reader.ReadObjectPath(), BusType.Array(BusType.String).Read(reader)));
    }

    /// <summary>Ends <see cref="Follow"/>.</summary>
    public void Dispose()
    {
        foreach (IDisposable subscription in _subscriptions) subscription.Dispose();
        _subscriptions.Clear();
    }

    private void Hear(string member, string signature, Action<MessageReader> handler) =>
        _subscriptions.Add(bus.Subscribe(new BusMatch(destination, path.Text, StandardInterfaces.ObjectManager, member), signal =>
        {
            if (signal.Signature == signature) handler(signal.Read());
        }));

    private BusMessage NewCall() => bus.NewCall(destination, path, StandardInterfaces.ObjectManager, "GetManagedObjects");
}
