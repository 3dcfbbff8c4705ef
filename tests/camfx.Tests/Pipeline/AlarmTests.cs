using Camfx.Pipeline;
using Camfx.Posix;

namespace Camfx.Tests.Pipeline;

public sealed class AlarmTests
{
    [Fact]
    public void ARingBeforeTheSleepIsNotLost()
    {
        var alarm = new Alarm();
        alarm.Ring();
        alarm.Ring();
        Assert.True(alarm.Sleep(long.MaxValue));
        Assert.False(alarm.Sleep(MonotonicClock.Now + 1_000_000));
    }

    [Fact]
    public void EveryRingIsAnsweredHoweverTheThreadsInterleave()
    {
        const int Rounds = 20_000;
        Alarm there = new(), back = new();
        var other = new Thread(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                Assert.True(there.Sleep(long.MaxValue));
                back.Ring();
            }
        });
        other.Start();
        for (int i = 0; i < Rounds; i++)
        {
            there.Ring();
            Assert.True(back.Sleep(MonotonicClock.Now + 10_000_000_000), $"round {i} was lost");
        }

        other.Join();
    }
}
