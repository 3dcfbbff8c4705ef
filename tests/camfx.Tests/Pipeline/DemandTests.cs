using Camfx.Pipeline;
using Camfx.Posix;

namespace Camfx.Tests.Pipeline;

public sealed class DemandTests
{
    [Fact]
    public void NobodyMeansClosedFromTheStart() => Assert.True(new Demand(() => { }).OpenUntil < MonotonicClock.Now);

    [Fact]
    public void WhoTakesAPictureLeavesNothingOpen()
    {
        var demand = new Demand(() => { });
        demand.Add();
        Assert.True(demand.IsWatched);
        demand.Remove(lingers: false);
        Assert.True(demand.OpenUntil < MonotonicClock.Now);
    }

    [Fact]
    public void TheSourceLingersTwoSecondsAfterTheLastWatcher()
    {
        int rings = 0;
        var demand = new Demand(() => rings++);
        demand.Add();
        demand.Add();
        demand.Remove();
        Assert.Equal(long.MaxValue, demand.OpenUntil);
        long before = MonotonicClock.Now;
        demand.Remove();
        Assert.InRange(demand.OpenUntil, before + Demand.Linger, MonotonicClock.Now + Demand.Linger);
        demand.Add();
        Assert.Equal(long.MaxValue, demand.OpenUntil);
        Assert.Equal(5, rings);
    }
}
