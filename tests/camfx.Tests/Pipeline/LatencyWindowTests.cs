using Camfx.Pipeline;

namespace Camfx.Tests.Pipeline;

public sealed class LatencyWindowTests
{
    [Fact]
    public void QuantilesAreThoseOfTheLastLatencies()
    {
        var window = new LatencyWindow();
        Assert.Null(window.Quantile(0.5));
        for (int i = 0; i < 1000; i++) window.Add(1_000_000_000);
        for (int i = 1; i <= 512; i++) window.Add(i * 1_000_000);
        Assert.Equal(256, window.Quantile(0.5));
        Assert.Equal(507, window.Quantile(0.99));
    }
}
