using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Camfx.PipeWire.Interop;
using Camfx.Posix;

namespace Camfx.PipeWire.Control;

/// <summary>One connection to the PipeWire daemon (<c>pw_core</c>).</summary>
/// <remarks>Thread-bound to the control loop. Everything made with it is disposed before it.</remarks>
internal sealed unsafe class Connection : IDisposable
{
    private static readonly pw_core_events* s_events = MakeEvents();

    private readonly Action<string> _lost;
    private readonly spa_hook* _hook;
    private GCHandle _self;

    private Connection(pw_core* core, Action<string> lost)
    {
        Core = core;
        _lost = lost;
        _hook = (spa_hook*)NativeMemory.AllocZeroed((nuint)sizeof(spa_hook));
        _self = GCHandle.Alloc(this);
        Libpipewire.pw_proxy_add_object_listener((pw_proxy*)core, _hook, s_events, (void*)GCHandle.ToIntPtr(_self));
    }

    /// <summary>The connection's core object.</summary>
    public pw_core* Core { get; }

    /// <summary>The daemon's version; empty until it has told.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Told that the daemon has dealt with everything before a <see cref="Sync"/>, with its number.</summary>
    public Action<int>? Done { get; set; }

    /// <summary>Asks the daemon to say when it has dealt with everything so far: <see cref="Done"/> gets the number returned.</summary>
    public int Sync() => pw_core_methods.pw_core_sync(Core, Libpipewire.PW_ID_CORE);

    /// <summary>Connects, without waiting for the daemon's answer.</summary>
    /// <param name="context">The context of the control loop.</param>
    /// <param name="socket">Path of the daemon's socket.</param>
    /// <param name="lost">Told once why the connection is gone. It must not dispose the connection from inside the call.</param>
    /// <param name="errno">Why there is none.</param>
    public static Connection? TryOpen(pw_context* context, string socket, Action<string> lost, out int errno)
    {
        pw_properties* properties = Properties.Create([new("remote.name", socket)]);
        pw_core* core = Libpipewire.pw_context_connect(context, properties, 0);
        errno = core == null ? Marshal.GetLastPInvokeError() : 0;
        return core == null ? null : new Connection(core, lost);
    }

    /// <summary>Connects by a descriptor that somebody else opened, such as the portal.</summary>
    /// <param name="context">The context of the control loop.</param>
    /// <param name="remote">The connection; it stays the caller's.</param>
    /// <param name="lost">As in <see cref="TryOpen"/>.</param>
    /// <exception cref="PosixException">It is no connection.</exception>
    public static Connection Adopt(pw_context* context, FileDescriptor remote, Action<string> lost)
    {
        using FileDescriptor own = remote.Duplicate();
        pw_core* core = Libpipewire.pw_context_connect_fd(context, own.Number, null, 0);
        if (core == null) throw PosixException.FromErrno(Marshal.GetLastPInvokeError(), "use the connection to PipeWire");
        own.SetHandleAsInvalid(); // libpipewire closes it.
        return new Connection(core, lost);
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        if (!_self.IsAllocated) return;
        _ = Libpipewire.pw_core_disconnect(Core); // ignoring: always 0
        _self.Free();
        NativeMemory.Free(_hook);
    }

    private static pw_core_events* MakeEvents()
    {
        var events = (pw_core_events*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(Connection), sizeof(pw_core_events));
        events->version = pw_core_events.PW_VERSION_CORE_EVENTS;
        events->info = &OnInfo;
        events->done = &OnDone;
        events->error = &OnError;
        return events;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnInfo(void* data, pw_core_info* info)
    {
        var self = (Connection)GCHandle.FromIntPtr((nint)data).Target!;
        self.Version = Marshal.PtrToStringUTF8((nint)info->version) ?? "";
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDone(void* data, uint id, int sequence)
    {
        var self = (Connection)GCHandle.FromIntPtr((nint)data).Target!;
        if (id == Libpipewire.PW_ID_CORE) self.Done?.Invoke(sequence);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnError(void* data, uint id, int sequence, int result, byte* message)
    {
        // Errors of other objects reach their owners (the stream's state); only the core's own EPIPE means that the daemon is gone.
        if (id != Libpipewire.PW_ID_CORE || result != -Errno.EPIPE) return;
        var self = (Connection)GCHandle.FromIntPtr((nint)data).Target!;
        self._lost(Marshal.PtrToStringUTF8((nint)message) ?? "connection error");
    }
}
