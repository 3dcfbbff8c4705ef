using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Camfx.PipeWire.Control;
using Camfx.PipeWire.Interop;

namespace Camfx.PipeWire.Graph;

/// <summary>
/// A client of the daemon, bound so that it tells its properties: the registry shows only those known when the client connected, before it
/// gave its name.
/// </summary>
/// <remarks>Thread-bound to the control loop.</remarks>
internal sealed unsafe class ClientInfo : IDisposable
{
    private static readonly pw_client_events* s_events = MakeEvents();

    private readonly Action _changed;
    private readonly pw_proxy* _proxy;
    private readonly spa_hook* _hook;
    private GCHandle _self;

    private ClientInfo(pw_proxy* proxy, Action changed)
    {
        _proxy = proxy;
        _changed = changed;
        _hook = (spa_hook*)NativeMemory.AllocZeroed((nuint)sizeof(spa_hook));
        _self = GCHandle.Alloc(this);
        Libpipewire.pw_proxy_add_object_listener(proxy, _hook, s_events, (void*)GCHandle.ToIntPtr(_self));
    }

    /// <summary>The application's name, once it is known.</summary>
    public string? Name { get; private set; }

    /// <summary>The application's process, once it is known.</summary>
    public int? ProcessId { get; private set; }

    /// <summary>Asks the daemon about a client; null if it is gone already.</summary>
    public static ClientInfo? Bind(pw_proxy* registry, uint id, Action changed)
    {
        pw_proxy* proxy = pw_registry_methods.pw_registry_bind(registry, id, "PipeWire:Interface:Client\0"u8, pw_client_events.PW_VERSION_CLIENT);
        return proxy == null ? null : new ClientInfo(proxy, changed);
    }

    /// <summary>Lets go of the client.</summary>
    public void Dispose()
    {
        if (!_self.IsAllocated) return;
        Libpipewire.pw_proxy_destroy(_proxy);
        _self.Free();
        NativeMemory.Free(_hook);
    }

    private static pw_client_events* MakeEvents()
    {
        var events = (pw_client_events*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(ClientInfo), sizeof(pw_client_events));
        events->version = pw_client_events.PW_VERSION_CLIENT_EVENTS;
        events->info = &OnInfo;
        return events;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnInfo(void* data, pw_client_info* info)
    {
        var self = (ClientInfo)GCHandle.FromIntPtr((nint)data).Target!;
        self.Name = Properties.Find(info->props, "application.name"u8);
        uint? process = Properties.FindNumber(info->props, "application.process.id"u8) ?? Properties.FindNumber(info->props, "pipewire.sec.pid"u8);
        self.ProcessId = (int?)process;
        self._changed();
    }
}
