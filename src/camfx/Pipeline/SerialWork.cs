namespace Camfx.Pipeline;

/// <summary>Work that is done piece by piece in its order, away from whoever asks for it: opening a source may take seconds.</summary>
/// <param name="limit">Pieces that may wait.</param>
/// <remarks>Thread-safe. Uses a thread of the pool only while there is work. A piece throws nothing.</remarks>
internal sealed class SerialWork(int limit) : IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<Action> _waiting = new();
    private bool _running;
    private bool _closed;

    /// <summary>Hands work over.</summary>
    /// <returns>False: too much is waiting already, or it is closed.</returns>
    public bool TryPost(Action work)
    {
        lock (_gate)
        {
            if (_closed || _waiting.Count >= limit) return false;
            _waiting.Enqueue(work);
            if (_running) return true;
            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static self => self.Run(), this, preferLocal: false);
        return true;
    }

    /// <summary>Takes no more, and waits until everything that was taken is done. Not from a piece of work.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            while (_running) Monitor.Wait(_gate);
        }
    }

    private void Run()
    {
        while (true)
        {
            Action? work;
            lock (_gate)
            {
                if (!_waiting.TryDequeue(out work))
                {
                    _running = false;
                    Monitor.PulseAll(_gate);
                    return;
                }
            }

            work();
        }
    }
}
