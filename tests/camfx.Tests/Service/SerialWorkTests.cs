using Camfx.Pipeline;
using Camfx.Service;
using Camfx.Service.Objects;

namespace Camfx.Tests.Service;

/// <summary>Work that is done in its order, and looks that are one.</summary>
public sealed class SerialWorkTests
{
    [Fact]
    public void Pieces_are_done_in_their_order_and_the_end_waits_for_them()
    {
        List<int> done = [];
        using (SerialWork work = new(1000))
        {
            for (int i = 0; i < 500; i++)
            {
                int number = i;
                Assert.True(work.TryPost(() => done.Add(number)));
            }
        }

        Assert.Equal(Enumerable.Range(0, 500), done);
    }

    [Fact]
    public void No_more_wait_than_may()
    {
        using ManualResetEventSlim begun = new(), go = new();
        using SerialWork work = new(2);
        Assert.True(work.TryPost(() =>
        {
            begun.Set();
            go.Wait();
        }));
        begun.Wait();

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => work.TryPost(static () => { })));
        go.Set();
    }

    [Fact]
    public void After_the_end_nothing_is_taken()
    {
        SerialWork work = new(1);
        work.Dispose();

        Assert.False(work.TryPost(static () => { }));
    }

    [Fact]
    public void Many_rings_before_the_look_are_one()
    {
        List<Action> posted = [];
        int looks = 0;
        LoopSignal signal = new(posted.Add, () => looks++);
        for (int i = 0; i < 5; i++) signal.Ring();
        Assert.Single(posted)();
        signal.Ring();

        Assert.Equal((1, 2), (looks, posted.Count));
    }

    [Theory]
    [InlineData("camfx", "camfx")]
    [InlineData("second one", "second_20one")]
    [InlineData("9 lives", "_39_20lives")]
    [InlineData("ä_", "_c3_a4_5f")]
    [InlineData("", "_")]
    public void A_name_is_a_part_of_a_path_as_systemd_writes_it(string name, string part) => Assert.Equal(part, ServicePaths.Encode(name));
}
