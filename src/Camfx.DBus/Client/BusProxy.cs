namespace Camfx.DBus;

/// <summary>One interface of somebody else's object: its methods, and its properties as they were last told.</summary>
/// <remarks>Thread-bound to its connection.</remarks>
public abstract class BusProxy : IDisposable
{
    private const string Properties = "org.freedesktop.DBus.Properties";

    private IDisposable? _changes;

    /// <summary>Names the object.</summary>
    protected BusProxy(Bus bus, string destination, ObjectPath path, string interfaceName)
    {
        Bus = bus;
        Destination = destination;
        ObjectPath = path;
        InterfaceName = interfaceName;
    }

    /// <summary>The connection.</summary>
    public Bus Bus { get; }

    /// <summary>The bus name it is called at.</summary>
    public string Destination { get; }

    /// <summary>The object.</summary>
    public ObjectPath ObjectPath { get; }

    /// <summary>The interface.</summary>
    public string InterfaceName { get; }

    /// <summary>How long a call may take; null for the bus's own 25 s.</summary>
    public TimeSpan? CallTimeout { get; set; }

    /// <summary>Whether a person may be asked for a password before a call is answered.</summary>
    public bool AllowsInteraction { get; set; }

    /// <summary>Asks for all properties and waits.</summary>
    /// <exception cref="BusException">The call failed.</exception>
    public void Refresh()
    {
        using BusMessage reply = Bus.Call(GetAllCall(), CallTimeout);
        Load(BusType.Options.Read(reply.Read()));
    }

    /// <summary>Asks for all properties.</summary>
    /// <param name="done">Called when they are there, or with the error.</param>
    public IDisposable RefreshAsync(Action<BusException?> done) => Bus.CallAsync(GetAllCall(), reply =>
    {
        BusReply<IReadOnlyDictionary<string, Variant>> all = BusReply<IReadOnlyDictionary<string, Variant>>.From(reply, BusType.Options.Read);
        if (all.Error is null) Load(all.Value);
        done(all.Error);
    }, CallTimeout);

    /// <summary>Keeps the properties up to date from now on (PropertiesChanged of the name's owner). Ask for them once after this.</summary>
    /// <param name="changed">Called after each change.</param>
    public void Follow(Action changed)
    {
        _changes?.Dispose();
        _changes = Bus.Subscribe(new BusMatch(Destination, ObjectPath.Text, Properties, "PropertiesChanged", InterfaceName), signal =>
        {
            if (signal.Signature != "sa{sv}as") return;
            MessageReader reader = signal.Read();
            reader.ReadString();
            try
            {
                Load(BusType.Options.Read(reader));
            }
            catch (BusException)
            {
                return; // Not what its interface says: what was known stays.
            }

            changed();
        });
    }

    /// <summary>Takes properties that came another way, e.g. from an object manager. Unknown ones are passed over.</summary>
    /// <exception cref="BusException">InvalidArgs: a property has another type than the interface says.</exception>
    public void Load(IReadOnlyDictionary<string, Variant> properties)
    {
        foreach ((string name, Variant value) in properties) Accept(name, value);
    }

    /// <summary>Ends <see cref="Follow"/>.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends <see cref="Follow"/>.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        _changes?.Dispose();
        _changes = null;
    }

    /// <summary>Stores one property.</summary>
    protected abstract void Accept(string name, Variant value);

    /// <summary>A call of one of the interface's methods.</summary>
    protected BusMessage NewCall(string member)
    {
        BusMessage call = Bus.NewCall(Destination, ObjectPath, InterfaceName, member);
        if (AllowsInteraction) call.AllowInteraction = true;
        return call;
    }

    /// <summary>Sends and waits.</summary>
    protected BusMessage Send(BusMessage call) => Bus.Call(call, CallTimeout);

    /// <summary>Sends; the reply comes later.</summary>
    protected IDisposable Send(BusMessage call, Action<BusMessage> done) => Bus.CallAsync(call, done, CallTimeout);

    /// <summary>Hears one of the interface's signals.</summary>
    /// <param name="member">The signal.</param>
    /// <param name="signature">The types of its arguments; one with others is passed over.</param>
    /// <param name="handler">Called for each.</param>
    protected IDisposable Hear(string member, string signature, Action<MessageReader> handler) =>
        Bus.Subscribe(new BusMatch(Destination, ObjectPath.Text, InterfaceName, member), signal =>
        {
            if (signal.Signature == signature) handler(signal.Read());
        });

    /// <summary>A call that sets a property.</summary>
    protected BusMessage SetCall(string name, Variant value)
    {
        BusMessage call = Bus.NewCall(Destination, ObjectPath, Properties, "Set");
        call.Writer.Write(InterfaceName);
        call.Writer.Write(name);
        call.Writer.Write(value);
        return call;
    }

    private BusMessage GetAllCall()
    {
        BusMessage call = Bus.NewCall(Destination, ObjectPath, Properties, "GetAll");
        call.Writer.Write(InterfaceName);
        return call;
    }
}
