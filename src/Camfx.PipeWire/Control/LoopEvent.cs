using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Camfx.PipeWire.Interop;

namespace Camfx.PipeWire.Control;

/// <summary>Runs a handler on the control loop each time another thread signals it; signals that come before it runs count as one.</summary>
internal sealed unsafe class LoopEvent : IDisposable
{
    private readonly ControlLoop _loop;
    private readonly Action _handler;
    private readonly Action<Exception> _fault;
    private GCHandle _self;
    private spa_source* _source;

    /// <summary>Adds the event to a loop that does not run yet, or from the loop's thread.</summary>
    /// <param name="loop">Where the handler runs.</param>
    /// <param name="handler">What to do.</param>
    /// <param name="fault">Told what the handler threw: nothing may be thrown through libpipewire.</param>
    public LoopEvent(ControlLoop loop, Action handler, Action<Exception> fault)
    {
        _loop = loop;
        _handler = handler;
        _fault = fault;
        _self = GCHandle.Alloc(this);
        _source = spa_loop_utils_methods.pw_loop_add_event(loop.Native, &OnEvent, (void*)GCHandle.ToIntPtr(_self));
        if (_source == null) throw new InvalidOperationException("PipeWire's control loop takes no more events; too many files are open.");
    }

    /// <summary>Lets the handler run soon. Thread-safe, one write to an eventfd; not after <see cref="Dispose"/>.</summary>
    public void Signal() => _ = spa_loop_utils_methods.pw_loop_signal_event(_loop.Native, _source); // ignoring: a full counter is a signal, too

    /// <summary>Removes the event; from the loop's thread, or when the loop does not run.</summary>
    public void Dispose()
    {
        if (_source == null) return;
        spa_loop_utils_methods.pw_loop_destroy_source(_loop.Native, _source);
        _source = null;
        _self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnEvent(void* data, ulong count)
    {
        var self = (LoopEvent)GCHandle.FromIntPtr((nint)data).Target!;
        try
        {
            self._handler();
        }
        catch (Exception exception)
        {
            self._fault(exception);
        }
    }
}
