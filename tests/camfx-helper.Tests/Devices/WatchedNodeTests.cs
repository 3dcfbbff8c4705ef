using Camfx.Helper.Devices;
using Camfx.Posix;

namespace Camfx.Helper.Tests.Devices;

public sealed class WatchedNodeTests
{
    [Fact]
    public void Nobody_is_shown_two_placeholders_a_second_and_whoever_comes_five_and_one_at_once()
    {
        using EventFd open = EventFd.Create();
        TestOutput output = new(open.Descriptor) { Usage = false };
        WatchedNode node = new(output);
        node.Look(1);
        Assert.Equal(FeedSchedule.QuietIntervalNs, node.CardInterval);
        node.NextCard = 1_000;
        node.Look(2);
        Assert.Equal(1_000, node.NextCard);
        output.Usage = true;
        node.Look(3);
        Assert.Equal((0, FeedSchedule.CardIntervalNs, true), (node.NextCard, node.CardInterval, node.IsLookedAt));
        output.Usage = false;
        node.Look(4);
        Assert.Equal(FeedSchedule.QuietIntervalNs, node.CardInterval);
        node.IsDeaf = true;
        Assert.Equal(FeedSchedule.CardIntervalNs, node.CardInterval);
    }

    [Fact]
    public void A_node_that_cannot_tell_always_has_five()
    {
        using EventFd open = EventFd.Create();
        WatchedNode node = new(new TestOutput(open.Descriptor));
        node.Look(1);
        Assert.Equal((true, true, FeedSchedule.CardIntervalNs), (node.Watched, node.IsLookedAt, node.CardInterval));
        WatchedNode silent = new(new TestOutput(null) { Usage = false });
        silent.Look(1);
        Assert.Equal(FeedSchedule.CardIntervalNs, silent.CardInterval);
    }
}
