using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Camfx.PipeWire.Interop;

namespace Camfx.PipeWire.Control;

/// <summary>Runs a handler on the control loop once after a delay.</summary>
/// <remarks>Thread-bound to the loop's thread; created and disposed there or when the loop does not run.</remarks>
internal sealed unsafe class LoopTimer : IDisposable
{
    private readonly ControlLoop _loop;
    private readonly Action _handler;
    private readonly Action<Exception> _fault;
    private GCHandle _self;
    private spa_source* _source;

    /// <inheritdoc cref="LoopEvent(ControlLoop, Action, Action{Exception})"/>
    public LoopTimer(ControlLoop loop, Action handler, Action<Exception> fault)
    {
        _loop = loop;
        _handler = handler;
        _fault = fault;
        _self = GCHandle.Alloc(this);
        _source = spa_loop_utils_methods.pw_loop_add_timer(loop.Native, &OnTimer, (void*)GCHandle.ToIntPtr(_self));
        if (_source == null) throw new InvalidOperationException("PipeWire's control loop takes no more timers; too many files are open.");
    }

    /// <summary>Runs the handler after <paramref name="delay"/> ns (more than 0); a run that is still due is replaced.</summary>
    public void Start(long delay)
    {
        timespec value = new() { tv_sec = delay / 1_000_000_000, tv_nsec = delay % 1_000_000_000 };
        _ = spa_loop_utils_methods.pw_loop_update_timer(_loop.Native, _source, &value, null, absolute: false); // ignoring: fails on a bad time only
    }

    /// <summary>Removes the timer.</summary>
    public void Dispose()
    {
        if (_source == null) return;
        spa_loop_utils_methods.pw_loop_destroy_source(_loop.Native, _source);
        _source = null;
        _self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnTimer(void* data, ulong expirations)
    {
        var self = (LoopTimer)GCHandle.FromIntPtr((nint)data).Target!;
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
