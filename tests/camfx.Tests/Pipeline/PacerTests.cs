using Camfx.Pipeline;

namespace Camfx.Tests.Pipeline;

public sealed class PacerTests
{
    private const long Interval = 1000;

    [Fact]
    public void KeepsTheGridWhenFramesAreALittleLate()
    {
        var pacer = new Pacer(Interval);
        pacer.Restart(0);
        pacer.Advance(300);
        Assert.Equal(1000, pacer.Next);
        pacer.Advance(1999);
        Assert.Equal(2000, pacer.Next);
        Assert.Equal(0, pacer.Missed);
    }

    [Fact]
    public void LeavesOutTicksThatAreOverAndCountsThem()
    {
        var pacer = new Pacer(Interval);
        pacer.Restart(0);
        pacer.Advance(5500);
        Assert.Equal(5000, pacer.Next);
        Assert.Equal(4, pacer.Missed);
    }

    [Fact]
    public void NeverFallsBehindByMoreThanOneTick()
    {
        var random = new Random(1);
        var pacer = new Pacer(Interval);
        pacer.Restart(0);
        long now = 0;
        for (int i = 0; i < 10_000; i++)
        {
            now = Math.Max(now, pacer.Next) + random.Next(0, 4000);
            pacer.Advance(now);
            Assert.InRange(now - pacer.Next, -Interval, Interval);
            Assert.Equal(0, pacer.Next % Interval);
        }
    }
}
