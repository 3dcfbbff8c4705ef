namespace Camfx.Posix.Tests;

public sealed unsafe class FutexTests
{
    [Fact]
    public void Waiting_for_a_value_that_is_gone_already_returns_at_once()
    {
        uint word = 1;
        Assert.Equal(FutexResult.ValueChanged, Futex.WaitPrivate(&word, 0, Futex.NoDeadline));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(long.MinValue)]
    public void A_deadline_in_the_past_times_out(long deadline)
    {
        uint word = 0;
        Assert.Equal(FutexResult.TimedOut, Futex.WaitPrivate(&word, 0, deadline));
    }

    [Fact]
    public void A_deadline_is_not_cut_short()
    {
        uint word = 0;
        long deadline = MonotonicClock.Now + 20_000_000;
        Assert.Equal(FutexResult.TimedOut, Futex.WaitPrivate(&word, 0, deadline));
        Assert.True(MonotonicClock.Now >= deadline);
    }

    [Fact]
    public void A_wake_through_one_mapping_reaches_a_wait_through_another_that_is_read_only()
    {
        using SharedWord word = new();
        uint* readOnly = word.ReadOnlyAddress;
        FutexResult result = default;
        BlockedCall waiter = new(() => result = Futex.Wait(readOnly, 0, Futex.NoDeadline));

        Assert.Equal(1, WakeSome(word.Address));
        waiter.Join();
        Assert.Equal(FutexResult.Woken, result);
    }

    [Fact]
    public void A_wake_needs_no_right_to_write()
    {
        using SharedWord word = new();
        uint* address = word.Address;
        BlockedCall waiter = new(() => Futex.Wait(address, 0, Futex.NoDeadline));

        Assert.Equal(1, WakeSome(word.ReadOnlyAddress));
        waiter.Join();
    }

    [Fact]
    public void Only_as_many_are_woken_as_asked_for()
    {
        uint* word = stackalloc uint[1];
        *word = 0;
        nint address = (nint)word;
        Action wait = () => Futex.WaitPrivate((uint*)address, 0, Futex.NoDeadline);
        BlockedCall[] waiters = [new(wait), new(wait), new(wait)];

        for (int woken = 0; woken < waiters.Length;)
        {
            int now = Futex.WakePrivate(word, 2);
            Assert.InRange(now, 0, 2);
            woken += now;
        }

        foreach (BlockedCall waiter in waiters)
            waiter.Join();
        Assert.Equal(0, Futex.WakePrivate(word));
    }

    [Fact]
    public void No_hand_over_is_lost_in_a_ping_pong()
    {
        const uint Rounds = 5_000;
        using SharedWord word = new();
        uint* ours = word.Address;
        uint* theirs = word.ReadOnlyAddress + 1;
        Thread other = new(() =>
        {
            uint* answer = ours + 1;
            for (uint round = 1; round <= Rounds; round++)
            {
                while (Volatile.Read(ref *ours) != round)
                    Futex.Wait(ours, round - 1, Futex.NoDeadline);
                Volatile.Write(ref *answer, round);
                Futex.Wake(answer);
            }
        });
        other.Start();

        for (uint round = 1; round <= Rounds; round++)
        {
            Volatile.Write(ref *ours, round);
            Futex.Wake(ours);
            while (Volatile.Read(ref *theirs) != round)
                Futex.Wait(theirs, round - 1, Futex.NoDeadline);
        }

        Assert.True(other.Join(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void An_address_nobody_mapped_is_an_error_and_no_fault()
    {
        PosixException refusal = Assert.Throws<PosixException>(() => Futex.Wait((uint*)16, 0, Futex.NoDeadline));
        Assert.Equal(Errno.EFAULT, refusal.Errno);
        Assert.Throws<PosixException>(() => Futex.Wake((uint*)16));
    }

    // A thread that sleeps may still sleep elsewhere, on its way to the word.
    private static int WakeSome(uint* word)
    {
        int woken;
        SpinWait wait = default;
        while ((woken = Futex.Wake(word)) == 0)
            wait.SpinOnce();
        return woken;
    }
}
