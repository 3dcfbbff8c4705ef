namespace Camfx.DBus;

/// <summary>One interface of an object that this connection offers. The classes that are made from data/dbus/*.xml derive from it.</summary>
/// <remarks>Thread-bound to the connection it is exported on; before that, to whoever makes it.</remarks>
public abstract class BusInterface
{
    private Bus? _bus;

    /// <summary>Names the interface.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">Its &lt;interface&gt; element, as introspection shows it.</param>
    protected BusInterface(string name, string description)
    {
        InterfaceName = name;
        Description = description;
    }

    /// <summary>The interface's name, e.g. org.camfx.Device1.</summary>
    public string InterfaceName { get; }

    /// <summary>The object it is exported at; "/" when it is not.</summary>
    public ObjectPath ObjectPath { get; private set; }

    /// <summary>Whether it is on the bus now.</summary>
    public bool IsExported => _bus is not null;

    internal string Description { get; }

    internal void Exported(Bus bus, ObjectPath path)
    {
        if (_bus is not null) throw new InvalidOperationException($"{InterfaceName} is exported already at {ObjectPath}.");
        _bus = bus;
        ObjectPath = path;
    }

    internal void Withdrawn() => _bus = null;

    private BusMessage? NewSignalOrNothing(string interfaceName, string member) => _bus is { IsOpen: true } ? _bus.NewSignal(ObjectPath, interfaceName, member) : null;

    internal bool TryInvoke(string member, IncomingCall call) => Invoke(member, call);

    internal IReadOnlyDictionary<string, Variant> AllProperties()
    {
        Dictionary<string, Variant> all = new(StringComparer.Ordinal);
        foreach (string name in PropertyNames) all[name] = Get(name)!;
        return all;
    }

    internal Variant? Property(string name) => Get(name);

    internal PropertyAccess SetProperty(string name, Variant value, MethodCall call) => Set(name, value, call);

    /// <summary>The names of its properties, in the order of the XML.</summary>
    protected abstract IReadOnlyList<string> PropertyNames { get; }

    /// <summary>Calls a method.</summary>
    /// <param name="member">The method's name.</param>
    /// <param name="call">Its arguments, and where the answer goes.</param>
    /// <returns>False when there is no such method.</returns>
    protected abstract bool Invoke(string member, IncomingCall call);

    /// <summary>A property's value; null when there is no such property.</summary>
    protected abstract Variant? Get(string name);

    /// <summary>Asks for another value of a property.</summary>
    /// <returns>Whether there is such a property, and whether it can be set; then the call will be answered.</returns>
    protected abstract PropertyAccess Set(string name, Variant value, MethodCall call);

    /// <summary>Stores a property's value and tells everybody when it is another one.</summary>
    protected void Store<T>(ref T field, T value, BusType<T> type, string name)
        where T : notnull
    {
        if (type.Same(field, value)) return;
        field = value;
        TellChanged(new Dictionary<string, Variant>(StringComparer.Ordinal) { [name] = Variant.Of(type, value) }, []);
    }

    /// <summary>Stores a property's value and tells everybody that it is another one, but not which.</summary>
    protected void StoreSilently<T>(ref T field, T value, BusType<T> type, string name)
        where T : notnull
    {
        if (type.Same(field, value)) return;
        field = value;
        TellChanged(new Dictionary<string, Variant>(StringComparer.Ordinal), [name]);
    }

    /// <summary>Sends one of the interface's signals; nothing while it is not exported.</summary>
    protected void Emit(string member, Action<MessageWriter>? write)
    {
        BusMessage? signal = NewSignalOrNothing(InterfaceName, member);
        if (signal is null) return;
        write?.Invoke(signal.Writer);
        _bus!.Send(signal);
    }

    private void TellChanged(Dictionary<string, Variant> changed, string[] invalidated)
    {
        BusMessage? signal = NewSignalOrNothing("org.freedesktop.DBus.Properties", "PropertiesChanged");
        if (signal is null) return;
        signal.Writer.Write(InterfaceName);
        BusType.Options.Write(signal.Writer, changed);
        BusType.Array(BusType.String).Write(signal.Writer, invalidated);
        _bus!.Send(signal);
    }
}
