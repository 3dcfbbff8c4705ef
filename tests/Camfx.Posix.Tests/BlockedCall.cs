using System.Globalization;

namespace Camfx.Posix.Tests;

/// <summary>A call that blocks, on a thread of its own, and a way to interrupt it while the kernel really has it asleep.</summary>
internal sealed class BlockedCall
{
    private readonly Thread _thread;
    private nint _handle;
    private volatile int _id;
    private Exception? _failure;
    private volatile bool _ended;

    internal BlockedCall(Action call)
    {
        _thread = new Thread(() => Run(call)) { IsBackground = true };
        _thread.Start();
        WaitUntil(() => _id != 0);
        WaitUntilAsleep();
    }

    internal bool HasEnded => _ended;

    /// <summary>Sends signals, each while the thread sleeps, and sees each delivered.</summary>
    internal void Interrupt(int times)
    {
        for (int i = 0; i < times && !_ended; i++)
        {
            Signals.Interrupt(_handle);
            WaitUntil(() => !StatusLine("SigPnd:").Contains('8'));
            WaitUntilAsleep();
        }
    }

    /// <summary>Waits for the call's end; throws what it threw.</summary>
    internal void Join()
    {
        Assert.True(_thread.Join(TimeSpan.FromSeconds(20)), "The call did not return.");
        if (_failure is not null)
            throw new InvalidOperationException("The call failed.", _failure);
    }

    private void Run(Action call)
    {
        _handle = Signals.CurrentThread();
        _id = Signals.CurrentThreadId();
        try
        {
            call();
        }
        catch (Exception failure)
        {
            _failure = failure;
        }

        _ended = true;
    }

    private void WaitUntilAsleep() => WaitUntil(() => StatusLine("State:").Contains('S'));

    private void WaitUntil(Func<bool> condition)
    {
        SpinWait wait = default;
        while (!_ended && !condition())
            wait.SpinOnce();
    }

    private string StatusLine(string name)
    {
        try
        {
            string path = string.Create(CultureInfo.InvariantCulture, $"/proc/self/task/{_id}/status");
            return File.ReadLines(path).First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..];
        }
        catch (IOException)
        {
            return ""; // The thread is gone; _ended is about to say so.
        }
    }
}
