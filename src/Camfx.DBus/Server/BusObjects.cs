namespace Camfx.DBus;

/// <summary>
/// The objects a connection offers, each with its interfaces. Introspection, properties and object managers are answered here, from what was
/// exported.
/// </summary>
/// <remarks>Thread-bound to the connection.</remarks>
public sealed class BusObjects
{
    private readonly Bus _bus;
    private readonly SortedDictionary<string, List<BusInterface>> _objects = new(StringComparer.Ordinal);
    private readonly HashSet<string> _managers = new(StringComparer.Ordinal);

    internal BusObjects(Bus bus) => _bus = bus;

    /// <summary>Offers interfaces at a path, and tells it if the path lies below an object manager.</summary>
    /// <exception cref="InvalidOperationException">The object has such an interface, or the interface is exported elsewhere.</exception>
    public void Add(ObjectPath path, params IReadOnlyList<BusInterface> interfaces)
    {
        if (!_objects.TryGetValue(path.Text, out List<BusInterface>? present)) present = [];
        foreach (BusInterface added in interfaces)
        {
            if (present.Exists(other => other.InterfaceName == added.InterfaceName))
                throw new InvalidOperationException($"{path} has {added.InterfaceName} already.");
            added.Exported(_bus, path);
            present.Add(added);
        }

        _objects[path.Text] = present;
        if (ManagerOf(path) is not { } manager) return;
        Send(manager, "InterfacesAdded", writer =>
        {
            writer.Write(path);
            StandardTypes.Interfaces.Write(writer, PropertiesOf(interfaces));
        });
    }

    /// <summary>Withdraws everything at a path, and tells it if the path lies below an object manager.</summary>
    /// <returns>Whether there was something.</returns>
    public bool Remove(ObjectPath path)
    {
        if (!_objects.Remove(path.Text, out List<BusInterface>? interfaces)) return false;
        foreach (BusInterface removed in interfaces) removed.Withdrawn();
        if (ManagerOf(path) is { } manager)
        {
            Send(manager, "InterfacesRemoved", writer =>
            {
                writer.Write(path);
                BusType.Array(BusType.String).Write(writer, [.. interfaces.Select(removed => removed.InterfaceName)]);
            });
        }

        return true;
    }

    /// <summary>Makes an object the manager of those below it (org.freedesktop.DBus.ObjectManager).</summary>
    public void AddManager(ObjectPath path) => _managers.Add(path.Text);

    internal void Dispatch(IncomingCall call, string path, string interfaceName)
    {
        try
        {
            if (!Answer(call, path, interfaceName))
                call.Fail(new BusException(BusErrors.UnknownMethod, $"{path} has no method {call.Member} in {(interfaceName.Length > 0 ? interfaceName : "any interface")}."));
        }
        catch (BusException error) when (!call.IsAnswered && _bus.IsOpen)
        {
            call.Fail(error);
        }
        catch (Exception defect) when (!call.IsAnswered && _bus.IsOpen)
        {
            // A request that meets a defect gets an answer, and the process lives on for all others.
            call.Fail(BusException.Failed($"{call.Member} failed: {defect.Message}"));
        }
    }

    private bool Answer(IncomingCall call, string path, string interfaceName)
    {
        bool present = _objects.TryGetValue(path, out List<BusInterface>? interfaces);
        bool manager = _managers.Contains(path);
        if (!present && !manager && !HasChildren(path)) throw new BusException(BusErrors.UnknownObject, $"There is no object {path}.");
        IReadOnlyList<BusInterface> offered = interfaces ?? [];
        switch (interfaceName)
        {
            case StandardInterfaces.Introspectable when call.Member == "Introspect":
                call.Arguments("");
                new MethodCall<string>(call, BusType.String.Write).Reply(Introspection.Document(offered, manager, ChildrenOf(path)));
                return true;
            case StandardInterfaces.Properties:
                return PropertyCalls.Answer(call, path, offered);
            case StandardInterfaces.ObjectManager when manager && call.Member == "GetManagedObjects":
                call.Arguments("");
                new MethodCall<IReadOnlyDictionary<ObjectPath, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Variant>>>>(
                    call, StandardTypes.Objects.Write).Reply(Managed(path));
                return true;
            case "":
                return offered.Any(candidate => candidate.TryInvoke(call.Member, call));
            default:
                BusInterface? named = offered.FirstOrDefault(candidate => candidate.InterfaceName == interfaceName);
                if (named is null && !StandardInterfaces.All.Contains(interfaceName))
                    throw new BusException(BusErrors.UnknownInterface, $"{path} has no interface {interfaceName}.");
                return named?.TryInvoke(call.Member, call) ?? false;
        }
    }

    private Dictionary<ObjectPath, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Variant>>> Managed(string path)
    {
        Dictionary<ObjectPath, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Variant>>> managed = [];
        foreach ((string other, List<BusInterface> interfaces) in _objects)
        {
            ObjectPath candidate = ObjectPath.Checked(other);
            if (candidate.IsBelow(ObjectPath.Checked(path))) managed[candidate] = PropertiesOf(interfaces);
        }

        return managed;
    }

    private static Dictionary<string, IReadOnlyDictionary<string, Variant>> PropertiesOf(IReadOnlyList<BusInterface> interfaces) =>
        interfaces.ToDictionary(offered => offered.InterfaceName, offered => offered.AllProperties(), StringComparer.Ordinal);

    private bool HasChildren(string path) => ChildrenOf(path).Count > 0;

    private SortedSet<string> ChildrenOf(string path)
    {
        string prefix = path == "/" ? "/" : path + "/";
        SortedSet<string> children = new(StringComparer.Ordinal);
        foreach (string other in _objects.Keys.Concat(_managers))
        {
            if (other.Length > prefix.Length && other.StartsWith(prefix, StringComparison.Ordinal)) children.Add(other[prefix.Length..].Split('/')[0]);
        }

        return children;
    }

    private ObjectPath? ManagerOf(ObjectPath path)
    {
        foreach (string manager in _managers)
        {
            if (path.IsBelow(ObjectPath.Checked(manager))) return ObjectPath.Checked(manager);
        }

        return null;
    }

    private void Send(ObjectPath manager, string member, Action<MessageWriter> write)
    {
        if (!_bus.IsOpen) return;
        BusMessage signal = _bus.NewSignal(manager, StandardInterfaces.ObjectManager, member);
        write(signal.Writer);
        _bus.Send(signal);
    }
}
