using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Camfx.PipeWire.Control;
using Camfx.PipeWire.Interop;

namespace Camfx.PipeWire.Graph;

/// <summary>Follows PipeWire's registry and tells who is linked to one node.</summary>
/// <remarks>Thread-bound to the control loop.</remarks>
internal sealed unsafe class GraphWatcher : IDisposable
{
    private static readonly pw_registry_events* s_events = MakeEvents();

    private readonly Dictionary<uint, GraphNode> _nodes = [];
    private readonly Dictionary<uint, GraphLink> _links = [];
    private readonly Dictionary<uint, ClientInfo> _clients = [];
    private readonly Action<ImmutableArray<NodeConsumer>> _changed;
    private readonly Action<Exception> _fault;
    private readonly pw_proxy* _registry;
    private readonly spa_hook* _hook;
    private ImmutableArray<NodeConsumer> _consumers = [];
    private uint? _nodeId;
    private GCHandle _self;

    /// <summary>Starts to follow the registry of a connection.</summary>
    /// <param name="connection">Outlives this.</param>
    /// <param name="changed">Told each time the list of consumers is another one.</param>
    /// <param name="fault">Told what <paramref name="changed"/> threw.</param>
    public GraphWatcher(Connection connection, Action<ImmutableArray<NodeConsumer>> changed, Action<Exception> fault)
    {
        _changed = changed;
        _fault = fault;
        _registry = pw_core_methods.pw_core_get_registry(connection.Core);
        if (_registry == null) throw new InvalidOperationException("PipeWire gives no registry: the connection is broken.");
        _hook = (spa_hook*)NativeMemory.AllocZeroed((nuint)sizeof(spa_hook));
        _self = GCHandle.Alloc(this);
        Libpipewire.pw_proxy_add_object_listener(_registry, _hook, s_events, (void*)GCHandle.ToIntPtr(_self));
    }

    /// <summary>The node whose consumers are looked for; null while it has no id.</summary>
    public uint? NodeId
    {
        get => _nodeId;
        set
        {
            if (_nodeId == value) return;
            _nodeId = value;
            Update();
        }
    }

    /// <summary>Stops following.</summary>
    public void Dispose()
    {
        if (!_self.IsAllocated) return;
        foreach (ClientInfo client in _clients.Values) client.Dispose();
        _clients.Clear();
        Libpipewire.pw_proxy_destroy(_registry);
        _self.Free();
        NativeMemory.Free(_hook);
    }

    private static pw_registry_events* MakeEvents()
    {
        var events = (pw_registry_events*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(GraphWatcher), sizeof(pw_registry_events));
        events->version = pw_registry_events.PW_VERSION_REGISTRY_EVENTS;
        events->global = &OnGlobal;
        events->global_remove = &OnGlobalRemove;
        return events;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnGlobal(void* data, uint id, uint permissions, byte* type, uint version, spa_dict* properties)
    {
        var self = (GraphWatcher)GCHandle.FromIntPtr((nint)data).Target!;
        try
        {
            self.Add(id, MemoryMarshal.CreateReadOnlySpanFromNullTerminated(type), properties);
        }
        catch (Exception exception)
        {
            self._fault(exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnGlobalRemove(void* data, uint id)
    {
        var self = (GraphWatcher)GCHandle.FromIntPtr((nint)data).Target!;
        try
        {
            self.Remove(id);
        }
        catch (Exception exception)
        {
            self._fault(exception);
        }
    }

    private void Add(uint id, ReadOnlySpan<byte> type, spa_dict* properties)
    {
        if (type.SequenceEqual("PipeWire:Interface:Node"u8))
        {
            _nodes[id] = new GraphNode(
                Properties.Find(properties, "node.name"u8),
                Properties.Find(properties, "application.name"u8),
                Properties.FindNumber(properties, "client.id"u8));
        }
        else if (type.SequenceEqual("PipeWire:Interface:Link"u8)
            && Properties.FindNumber(properties, "link.output.node"u8) is uint output
            && Properties.FindNumber(properties, "link.input.node"u8) is uint input)
        {
            _links[id] = new GraphLink(output, input);
        }
        else
        {
            return;
        }

        Update();
    }

    private void Remove(uint id)
    {
        if (_clients.Remove(id, out ClientInfo? client)) client.Dispose();
        if (_nodes.Remove(id) | _links.Remove(id)) Update();
    }

    private void Update()
    {
        var consumers = new SortedDictionary<uint, NodeConsumer>();
        foreach (GraphLink link in _links.Values)
        {
            if (link.OutputNode != _nodeId || !_nodes.TryGetValue(link.InputNode, out GraphNode node)) continue;
            ClientInfo? client = node.Client is uint id ? Client(id) : null;
            string name = client?.Name ?? node.Application ?? node.Name ?? "unknown";
            consumers[link.InputNode] = new NodeConsumer(name, client?.ProcessId ?? 0, link.InputNode);
        }

        if (consumers.Values.SequenceEqual(_consumers)) return;
        _consumers = [.. consumers.Values];
        _changed(_consumers);
    }

    private ClientInfo? Client(uint id)
    {
        if (_clients.TryGetValue(id, out ClientInfo? known)) return known;
        ClientInfo? client = ClientInfo.Bind(_registry, id, Update);
        if (client is not null) _clients.Add(id, client);
        return client;
    }
}
