namespace Camfx.Service.Objects;

/// <summary>"Look again" from any thread to the bus's: many of them before the look are one.</summary>
/// <param name="post">Brings work to the bus's thread; never waits.</param>
/// <param name="look">What is done there.</param>
internal sealed class LoopSignal(Action<Action> post, Action look)
{
    private int _pending;

    /// <summary>Has it looked again. Thread-safe; never waits.</summary>
    public void Ring()
    {
        if (Interlocked.Exchange(ref _pending, 1) == 0) post(Look);
    }

    private void Look()
    {
        // First: what changes from here on asks for another look.
        Volatile.Write(ref _pending, 0);
        look();
    }
}
