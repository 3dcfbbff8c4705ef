using Camfx.Posix;

namespace Camfx.DBus.Tests;

/// <summary>The loop's other duties: work from other threads, timers, further descriptors.</summary>
public sealed class LoopTests : IDisposable
{
    private readonly PrivateBus _daemon = new();
    private readonly LoopThread _thread;

    public LoopTests() => _thread = new LoopThread(_daemon.Connect());

    public void Dispose()
    {
        _thread.Dispose();
        _daemon.Dispose();
    }

    [Fact]
    public void Work_of_other_threads_is_done_in_their_order()
    {
        List<int> done = [];
        Parallel.For(0, 4, thread =>
        {
            for (int i = 0; i < 250; i++)
            {
                int number = (thread * 1000) + i;
                _thread.Loop.Post(() => done.Add(number));
            }
        });

        Assert.Equal(1000, _thread.Do(() => done.Count));
        for (int thread = 0; thread < 4; thread++) Assert.Equal(Enumerable.Range(thread * 1000, 250), done.Where(number => number / 1000 == thread));
    }

    [Fact]
    public void Timers_run_in_their_order_and_not_when_they_were_disposed()
    {
        List<string> done = [];
        using ManualResetEventSlim last = new();
        _thread.Do(() =>
        {
            long now = MonotonicClock.Now;
            _thread.Loop.At(now + 30_000_000, last.Set);
            _thread.Loop.At(now + 20_000_000, () => done.Add("second"));
            _thread.Loop.At(now + 10_000_000, () => done.Add("first"));
            _thread.Loop.At(now + 15_000_000, () => done.Add("never")).Dispose();
        });

        Assert.True(last.Wait(TimeSpan.FromSeconds(30)));
        Assert.Equal(["first", "second"], done);
    }

    [Fact]
    public void A_descriptor_is_watched_until_that_is_ended()
    {
        using EventFd signal = EventFd.Create();
        int heard = 0;
        using SemaphoreSlim hearing = new(0);
        IDisposable watch = _thread.Do(() => _thread.Loop.Watch(signal.Descriptor, PollEvents.Readable, _ =>
        {
            signal.Drain();
            heard++;
            hearing.Release();
        }));

        signal.Signal();
        Assert.True(hearing.Wait(TimeSpan.FromSeconds(30)));
        signal.Signal();
        Assert.True(hearing.Wait(TimeSpan.FromSeconds(30)));
        _thread.Do(watch.Dispose);
        signal.Signal();
        _thread.Do(() => { });
        _thread.Do(() => { });

        Assert.Equal(2, heard);
    }

    [Fact]
    public void A_callback_may_end_what_is_called_next()
    {
        using EventFd signal = EventFd.Create();
        using ManualResetEventSlim done = new();
        List<IDisposable> watches = [];
        int heard = 0;
        _thread.Do(() =>
        {
            for (int i = 0; i < 3; i++)
            {
                watches.Add(_thread.Loop.Watch(signal.Descriptor, PollEvents.Readable, _ =>
                {
                    heard++;
                    foreach (IDisposable watch in watches) watch.Dispose();
                    done.Set();
                }));
            }
        });

        signal.Signal();
        Assert.True(done.Wait(TimeSpan.FromSeconds(30)));
        _thread.Do(() => { });

        Assert.Equal(1, heard);
    }

    [Fact]
    public void What_a_callback_throws_ends_the_loop()
    {
        _thread.Loop.Post(() => throw new InvalidOperationException("A defect."));
        _thread.Join();

        Assert.Equal("A defect.", _thread.End!.Message);
    }
}
