using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Camfx.PipeWire.Control;
using Camfx.PipeWire.Interop;
using Camfx.PipeWire.Spa;

namespace Camfx.PipeWire.Graph;

/// <summary>A node, bound so that it tells all of its properties and its formats.</summary>
/// <remarks>Thread-bound to the control loop.</remarks>
internal sealed unsafe class NodeSurvey : IDisposable
{
    private static readonly pw_node_events* s_events = MakeEvents();

    private readonly List<OfferedFormat> _formats = [];
    private readonly Action<Exception> _fault;
    private readonly pw_proxy* _proxy;
    private readonly spa_hook* _hook;
    private readonly uint _id;
    private Dictionary<string, string> _properties = new(StringComparer.Ordinal);
    private GCHandle _self;

    private NodeSurvey(pw_proxy* proxy, uint id, Action<Exception> fault)
    {
        _proxy = proxy;
        _id = id;
        _fault = fault;
        _hook = (spa_hook*)NativeMemory.AllocZeroed((nuint)sizeof(spa_hook));
        _self = GCHandle.Alloc(this);
        Libpipewire.pw_proxy_add_object_listener(proxy, _hook, s_events, (void*)GCHandle.ToIntPtr(_self));
    }

    /// <summary>What the node has told so far.</summary>
    public SnapshotNode Told => new(_id, _properties, [.. _formats]);

    /// <summary>Asks a node for its properties and, if it is a source, for its formats; null if it is gone already.</summary>
    public static NodeSurvey? Bind(pw_proxy* registry, uint id, bool isSource, Action<Exception> fault)
    {
        pw_proxy* proxy = pw_registry_methods.pw_registry_bind(registry, id, "PipeWire:Interface:Node\0"u8, pw_node_events.PW_VERSION_NODE);
        if (proxy == null) return null;
        NodeSurvey survey = new(proxy, id, fault);
        if (isSource) _ = pw_node_methods.pw_node_enum_params(proxy, SpaConstants.ParamEnumFormat); // ignoring: what does not come is missing in the result
        return survey;
    }

    /// <summary>Lets go of the node.</summary>
    public void Dispose()
    {
        if (!_self.IsAllocated) return;
        Libpipewire.pw_proxy_destroy(_proxy);
        _self.Free();
        NativeMemory.Free(_hook);
    }

    private static pw_node_events* MakeEvents()
    {
        var events = (pw_node_events*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(NodeSurvey), sizeof(pw_node_events));
        events->version = pw_node_events.PW_VERSION_NODE_EVENTS;
        events->info = &OnInfo;
        events->param = &OnParam;
        return events;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnInfo(void* data, pw_node_info* info)
    {
        var self = (NodeSurvey)GCHandle.FromIntPtr((nint)data).Target!;
        try
        {
            if (info->props != null) self._properties = Properties.Read(info->props);
        }
        catch (Exception exception)
        {
            self._fault(exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnParam(void* data, int sequence, uint id, uint index, uint next, void* param)
    {
        var self = (NodeSurvey)GCHandle.FromIntPtr((nint)data).Target!;
        try
        {
            if (id == SpaConstants.ParamEnumFormat && PodReader.TryRead(param, out PodReader pod) && FormatOffer.TryRead(pod, out OfferedFormat format))
                self._formats.Add(format);
        }
        catch (Exception exception)
        {
            self._fault(exception);
        }
    }
}
