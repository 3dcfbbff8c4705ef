using Camfx.Helper.Devices;

namespace Camfx.Helper.Tests.Devices;

public sealed class FrameCountersTests
{
    [Fact]
    public void What_outputs_counted_is_kept_when_others_take_their_place()
    {
        FrameCounters counters = new();
        TestOutput lost = new(null) { CopiedBytes = 100, Faults = 2, FallBacks = 1 };
        counters.AddPlaceholder(shown: true, copied: 60);
        counters.Take([lost]);
        counters.Keep([lost]);
        counters.Take([]);
        Assert.Equal((40, 2, 1), (counters.CopiedBytes, counters.Faults, counters.FallBacks));
        counters.Take([new TestOutput(null) { CopiedBytes = 7, Faults = 1 }]);
        Assert.Equal((47, 3, 1), (counters.CopiedBytes, counters.Faults, counters.FallBacks));
    }

    [Fact]
    public void A_placeholder_that_the_driver_refused_is_none()
    {
        FrameCounters counters = new();
        counters.AddPlaceholder(shown: false, copied: 8);
        counters.Take([new TestOutput(null) { CopiedBytes = 8 }]);
        Assert.Equal((0, 0), (counters.Placeholders, counters.CopiedBytes));
    }
}
