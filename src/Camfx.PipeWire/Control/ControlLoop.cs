using System.Runtime.InteropServices;
using Camfx.PipeWire.Interop;
using Camfx.Posix;

namespace Camfx.PipeWire.Control;

/// <summary>
/// PipeWire's control loop on a thread of its own (<c>pw_thread_loop</c>). All calls into libpipewire happen on this thread, so nothing of
/// it needs a lock; other threads only signal a <see cref="LoopEvent"/>.
/// </summary>
/// <remarks>Created and disposed by one thread that is not the loop's; between <see cref="Start"/> and <see cref="Stop"/> the loop runs.</remarks>
internal sealed unsafe class ControlLoop : IDisposable
{
    private static readonly Lock s_lock = new();
    private static bool s_initialised;

    private pw_thread_loop* _thread;

    /// <summary>Makes a loop that does not run yet.</summary>
    /// <param name="name">The thread's name, at most 15 bytes (Linux cuts the rest).</param>
    /// <exception cref="DllNotFoundException">libpipewire-0.3 is not installed.</exception>
    public ControlLoop(string name)
    {
        Initialise();
        _thread = Libpipewire.pw_thread_loop_new(name, null);
        if (_thread == null) throw PosixException.FromErrno(Marshal.GetLastPInvokeError(), "make PipeWire's control loop");
        Native = Libpipewire.pw_thread_loop_get_loop(_thread);
    }

    /// <summary>The loop itself, for its sources and for a context.</summary>
    public pw_loop* Native { get; }

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        int result = Libpipewire.pw_thread_loop_start(_thread);
        if (result < 0) throw PosixException.FromErrno(-result, "start PipeWire's control thread");
    }

    /// <summary>Ends the thread and waits for it. No callback runs afterwards. Not from the loop's own thread.</summary>
    public void Stop() => Libpipewire.pw_thread_loop_stop(_thread);

    /// <summary>Frees the loop; everything made for it has been freed before.</summary>
    public void Dispose()
    {
        if (_thread == null) return;
        Libpipewire.pw_thread_loop_destroy(_thread);
        _thread = null;
    }

    private static void Initialise()
    {
        lock (s_lock)
        {
            if (!s_initialised) Libpipewire.pw_init(null, null);
            s_initialised = true;
        }
    }
}
