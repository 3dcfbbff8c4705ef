namespace Camfx.Service.State;

/// <summary>
/// Saves the state on a thread of its own, so that nobody else waits for the disk. Several changes that come while it writes are saved together.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class StateSaver : IDisposable
{
    private readonly StateFile _file;
    private readonly object _gate = new();
    private readonly Thread _thread;
    private List<Action<Exception?>> _waiting = [];
    private ServiceState? _next;
    private bool _stopped;

    public StateSaver(StateFile file)
    {
        _file = file;
        _thread = new Thread(Run) { Name = "camfx state", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Saves a state; one that was handed over later makes up for it.</summary>
    /// <param name="state">All there is.</param>
    /// <param name="saved">Called once on the saver's thread: it is on the disk, or why not.</param>
    public void Save(ServiceState state, Action<Exception?> saved)
    {
        lock (_gate)
        {
            _next = state;
            _waiting.Add(saved);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Saves what is waiting, and ends.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Run()
    {
        while (Take() is { } taken)
        {
            Exception? failure = null;
            try
            {
                _file.Write(taken.State);
            }
            catch (CamfxException e)
            {
                failure = e;
            }

            foreach (Action<Exception?> saved in taken.Waiting) saved(failure);
        }
    }

    private (ServiceState State, List<Action<Exception?>> Waiting)? Take()
    {
        lock (_gate)
        {
            while (_next is null)
            {
                if (_stopped) return null;
                Monitor.Wait(_gate);
            }

            (ServiceState, List<Action<Exception?>>) taken = (_next, _waiting);
            (_next, _waiting) = (null, []);
            return taken;
        }
    }
}
