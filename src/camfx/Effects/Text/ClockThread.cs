namespace Camfx.Effects.Text;

/// <summary>
/// Does something again each time it is asked to, away from the render thread. Nobody asks while nobody watches, and then it sleeps.
/// </summary>
internal sealed class ClockThread : IDisposable
{
    private readonly Action _draw;
    private readonly AutoResetEvent _asked = new(initialState: false);
    private readonly Thread _thread;
    private volatile bool _isEnding;

    public ClockThread(Action draw)
    {
        _draw = draw;
        _thread = new Thread(Run) { IsBackground = true, Name = "clock text" };
        _thread.Start();
    }

    /// <summary>Asks for it; thread-safe, allocates nothing.</summary>
    public void Ask() => _asked.Set();

    /// <summary>Waits for what is being drawn, and ends.</summary>
    public void Dispose()
    {
        _isEnding = true;
        _asked.Set();
        _thread.Join();
        _asked.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _asked.WaitOne();
            if (_isEnding) return;
            _draw();
        }
    }
}
