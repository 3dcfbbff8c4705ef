namespace Camfx.DBus.Tests;

/// <summary>A connection with a loop on a thread of its own.</summary>
internal sealed class LoopThread : IDisposable
{
    private readonly Thread _thread;
    private readonly BusLoop _loop;
    private bool _disposed;

    public LoopThread(Bus bus)
    {
        Bus = bus;
        _loop = new BusLoop(bus);
        _thread = new Thread(Run) { Name = "bus" };
        _thread.Start();
    }

    public Bus Bus { get; }

    /// <summary>What the loop ended with; null when it was stopped.</summary>
    public Exception? End { get; private set; }

    public BusLoop Loop => _loop;

    /// <summary>Does something on the loop's thread and waits for it.</summary>
    public T Do<T>(Func<T> work)
    {
        T result = default!;
        Exception? failure = null;
        using ManualResetEventSlim done = new();
        _loop.Post(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception e)
            {
                failure = e;
            }

            done.Set();
        });
        Assert.True(done.Wait(TimeSpan.FromSeconds(30)), "The loop did not come to it.");
        return failure is null ? result : throw failure;
    }

    public void Do(Action work) => Do(() =>
    {
        work();
        return true;
    });

    /// <summary>Waits until the loop ends by itself.</summary>
    public void Join() => Assert.True(_thread.Join(TimeSpan.FromSeconds(30)), "The loop did not end.");

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _loop.Stop();
        Join();
        _loop.Dispose();
        Bus.Dispose();
    }

    private void Run()
    {
        try
        {
            _loop.Run();
        }
        catch (Exception e)
        {
            End = e;
        }
    }
}
