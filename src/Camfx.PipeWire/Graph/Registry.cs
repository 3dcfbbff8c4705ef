using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Camfx.PipeWire.Control;
using Camfx.PipeWire.Interop;

namespace Camfx.PipeWire.Graph;

/// <summary>PipeWire's registry: tells of each object of the daemon's that there is, comes and goes.</summary>
/// <remarks>Thread-bound to the control loop.</remarks>
internal sealed unsafe class Registry : IDisposable
{
    private static readonly pw_registry_events* s_events = MakeEvents();

    private readonly Added _added;
    private readonly Action<uint> _removed;
    private readonly Action<Exception> _fault;
    private readonly spa_hook* _hook;
    private GCHandle _self;

    /// <summary>Starts to follow the registry of a connection.</summary>
    /// <param name="connection">Outlives this.</param>
    /// <param name="added">Told each object. It must not dispose the registry from inside the call.</param>
    /// <param name="removed">Told the id of each object that goes; likewise.</param>
    /// <param name="fault">Told what these threw.</param>
    public Registry(Connection connection, Added added, Action<uint> removed, Action<Exception> fault)
    {
        _added = added;
        _removed = removed;
        _fault = fault;
        Proxy = pw_core_methods.pw_core_get_registry(connection.Core);
        if (Proxy == null) throw new InvalidOperationException("PipeWire gives no registry: the connection is broken.");
        _hook = (spa_hook*)NativeMemory.AllocZeroed((nuint)sizeof(spa_hook));
        _self = GCHandle.Alloc(this);
        Libpipewire.pw_proxy_add_object_listener(Proxy, _hook, s_events, (void*)GCHandle.ToIntPtr(_self));
    }

    /// <summary>An object, as the registry shows it; type and properties live only during the call.</summary>
    public delegate void Added(uint id, ReadOnlySpan<byte> type, spa_dict* properties);

    /// <summary>The registry itself, to bind objects.</summary>
    public pw_proxy* Proxy { get; }

    /// <summary>Stops following.</summary>
    public void Dispose()
    {
        if (!_self.IsAllocated) return;
        Libpipewire.pw_proxy_destroy(Proxy);
        _self.Free();
        NativeMemory.Free(_hook);
    }

    private static pw_registry_events* MakeEvents()
    {
        var events = (pw_registry_events*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(Registry), sizeof(pw_registry_events));
        events->version = pw_registry_events.PW_VERSION_REGISTRY_EVENTS;
        events->global = &OnGlobal;
        events->global_remove = &OnGlobalRemove;
        return events;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnGlobal(void* data, uint id, uint permissions, byte* type, uint version, spa_dict* properties)
    {
        var self = (Registry)GCHandle.FromIntPtr((nint)data).Target!;
        try
        {
            self._added(id, MemoryMarshal.CreateReadOnlySpanFromNullTerminated(type), properties);
        }
        catch (Exception exception)
        {
            self._fault(exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnGlobalRemove(void* data, uint id)
    {
        var self = (Registry)GCHandle.FromIntPtr((nint)data).Target!;
        try
        {
            self._removed(id);
        }
        catch (Exception exception)
        {
            self._fault(exception);
        }
    }
}
