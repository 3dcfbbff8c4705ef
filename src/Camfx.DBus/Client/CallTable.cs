using System.Runtime.InteropServices;
using Camfx.DBus.Interop;

namespace Camfx.DBus;

/// <summary>
/// The calls under way. The library's callback only notes a reply: who waits for it is called when the library has returned, so that an
/// exception never passes through native code and a handler may call the library again.
/// </summary>
internal sealed unsafe class CallTable : IDisposable
{
    private readonly Dictionary<ulong, PendingCall> _pending = [];
    private readonly Queue<(PendingCall Call, BusMessage Reply)> _ready = new();
    private GCHandle<CallTable> _self;

    public CallTable() => _self = new GCHandle<CallTable>(this);

    public static delegate* unmanaged<sd_bus_message*, void*, sd_bus_error*, int> Callback => &OnReply;

    public void* UserData => (void*)GCHandle<CallTable>.ToIntPtr(_self);

    public bool HasReady => _ready.Count > 0;

    public PendingCall Add(ulong cookie, Action<BusMessage> done, ReleaseQueue release)
    {
        PendingCall call = new(done, release);
        _pending.Add(cookie, call);
        return call;
    }

    /// <summary>Calls whoever waits for the oldest noted reply.</summary>
    public bool CompleteOne()
    {
        if (!_ready.TryDequeue(out (PendingCall Call, BusMessage Reply) next)) return false;
        using (next.Reply) next.Call.Complete(next.Reply);
        return true;
    }

    public void Dispose()
    {
        while (_ready.TryDequeue(out (PendingCall Call, BusMessage Reply) next)) next.Reply.Dispose();
        _pending.Clear();
        if (_self.IsAllocated) _self.Dispose();
    }

    [UnmanagedCallersOnly]
    private static int OnReply(sd_bus_message* reply, void* userData, sd_bus_error* error)
    {
        CallTable table = GCHandle<CallTable>.FromIntPtr((nint)userData).Target;
        ulong cookie;
        if (Libsystemd.sd_bus_message_get_reply_cookie(reply, &cookie) >= 0 && table._pending.Remove(cookie, out PendingCall? call))
            table._ready.Enqueue((call, new BusMessage(call.Release, Libsystemd.sd_bus_message_ref(reply))));
        return 1;
    }
}
