using System.Collections.Concurrent;

namespace Camfx.Pipeline;

/// <summary>
/// What a camera does away from its frames and from whoever asked for it: closing what is not shown any more. One thread, asleep while there is
/// nothing to do; things are done one by one, in the order they came.
/// </summary>
/// <remarks><see cref="Add"/> is thread-safe.</remarks>
internal sealed class Chores : IDisposable
{
    private readonly ConcurrentQueue<Action> _waiting = new();
    private readonly Alarm _alarm = new();
    private readonly Thread _thread;
    private volatile bool _stop;

    public Chores()
    {
        _thread = new Thread(Run) { Name = "camfx chores", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Has something done soon. It throws nothing.</summary>
    public void Add(Action chore)
    {
        _waiting.Enqueue(chore);
        _alarm.Ring();
    }

    /// <summary>Does what is left and ends.</summary>
    public void Dispose()
    {
        _stop = true;
        _alarm.Ring();
        _thread.Join();
    }

    private void Run()
    {
        while (true)
        {
            // Asked first: what was added before the end is still done.
            bool last = _stop;
            while (_waiting.TryDequeue(out Action? chore)) chore();
            if (last) return;
            _alarm.Sleep(long.MaxValue);
        }
    }
}
