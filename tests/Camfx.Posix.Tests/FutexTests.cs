namespace Camfx.Posix.Tests;

public sealed unsafe class FutexTests
{
    [Fact]
    public void Waiting_for_a_value_that_is_gone_already_returns_at_once()
    {
        uint word = 1;
        Assert.Equal(FutexResult.ValueChanged, Futex.WaitPrivate(&word, 0, Futex.NoDeadline));
    }

    [Fact]
    public void A_deadline_in_the_past_times_out()
    {
        uint word = 0;
        Assert.Equal(FutexResult.TimedOut, Futex.WaitPrivate(&word, 0, MonotonicClock.Now - 1));
    }
}
