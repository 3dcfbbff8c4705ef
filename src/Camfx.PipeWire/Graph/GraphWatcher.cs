using System.Collections.Immutable;
using Camfx.PipeWire.Control;
using Camfx.PipeWire.Interop;

namespace Camfx.PipeWire.Graph;

/// <summary>Follows PipeWire's registry and tells who is linked to one node.</summary>
/// <remarks>Thread-bound to the control loop.</remarks>
internal sealed unsafe class GraphWatcher : IDisposable
{
    private readonly Dictionary<uint, GraphNode> _nodes = [];
    private readonly Dictionary<uint, GraphLink> _links = [];
    private readonly Dictionary<uint, ClientInfo> _clients = [];
    private readonly Action<ImmutableArray<NodeConsumer>> _changed;
    private readonly Registry _registry;
    private ImmutableArray<NodeConsumer> _consumers = [];
    private uint? _nodeId;

    /// <summary>Starts to follow the registry of a connection.</summary>
    /// <param name="connection">Outlives this.</param>
    /// <param name="changed">Told each time the list of consumers is another one.</param>
    /// <param name="fault">Told what <paramref name="changed"/> threw.</param>
    public GraphWatcher(Connection connection, Action<ImmutableArray<NodeConsumer>> changed, Action<Exception> fault)
    {
        _changed = changed;
        _registry = new Registry(connection, Add, Remove, fault);
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
        foreach (ClientInfo client in _clients.Values) client.Dispose();
        _clients.Clear();
        _registry.Dispose();
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
        ClientInfo? client = ClientInfo.Bind(_registry.Proxy, id, Update);
        if (client is not null) _clients.Add(id, client);
        return client;
    }
}
