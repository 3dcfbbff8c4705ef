using System.Text;
using Camfx.Helper.Devices;
using Camfx.Helper.Leases;
using FsCheck;
using FsCheck.Fluent;

namespace Camfx.Helper.Tests.Devices;

/// <summary>The rules that need no device: labels, numbers, quotas, leases, watching.</summary>
public sealed class RulesTests
{
    [Theory]
    [InlineData("camfx")]
    [InlineData("camfx Küche")]
    [InlineData("カメラカメラカメラ")]
    public void A_name_is_a_label(string text) => Assert.Null(DeviceLabel.WhyNot(text));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("100%")]
    [InlineData("a\nb")]
    [InlineData("a\u0000b")]
    [InlineData("a\u0085b")]
    [InlineData("camfx\u202Exfmac")]
    [InlineData("camfx\u200B")]
    [InlineData("カメラカメラカメラカメ")]
    [InlineData("0123456789012345678901234567890a")]
    [InlineData("bad \uD800")]
    public void What_cannot_be_shown_is_no_label(string text) => Assert.NotNull(DeviceLabel.WhyNot(text));

    [Fact]
    public void Labels_of_nodes_fit_differ_and_are_labels()
    {
        Prop.ForAll<NonNull<string>>(text =>
        {
            string label = text.Get;
            if (DeviceLabel.WhyNot(label) is not null) return true;
            string[] labels = [.. Enumerable.Range(0, 4).Select(node => DeviceLabel.OfNode(label, node))];
            return labels.Distinct(StringComparer.Ordinal).Count() == 4 && labels.All(each => Encoding.UTF8.GetByteCount(each) <= 31 && DeviceLabel.WhyNot(each) is null);
        }).QuickCheckThrowOnFailure();
        Assert.Equal("camfx 0123456789012345678901234", DeviceLabel.OfNode("camfx 0123456789012345678901234", 0));
        Assert.Equal("camfx 01234567890123456789012 2", DeviceLabel.OfNode("camfx 0123456789012345678901234", 1));
    }

    [Fact]
    public void Numbers_go_down_from_63_and_are_never_taken_twice()
    {
        Assert.Equal([63, 62], NodeNumbers.Choose(new HashSet<int>(), 2, null)!);
        Assert.Equal([7, 63], NodeNumbers.Choose(new HashSet<int> { 62 }, 2, 7)!);
        Assert.Equal([63, 62], NodeNumbers.Choose(new HashSet<int>(), 2, 63)!);
        Assert.Null(NodeNumbers.Choose(new HashSet<int> { 7 }, 1, 7));
        Prop.ForAll<int[], PositiveInt>((numbersTaken, wanted) =>
        {
            HashSet<int> taken = [.. numbersTaken.Select(number => number & 63)];
            int count = wanted.Get % 4 + 1;
            IReadOnlyList<int>? numbers = NodeNumbers.Choose(taken, count, null);
            return numbers is null || (numbers.Count == count && numbers.Distinct().Count() == count && !numbers.Any(taken.Contains) && numbers.All(number => number is >= 0 and <= 63));
        }).QuickCheckThrowOnFailure();
        Assert.Null(NodeNumbers.Choose(Enumerable.Range(0, 62).ToHashSet(), 3, null));
    }

    [Fact]
    public void A_user_has_eight_nodes_and_the_machine_32()
    {
        Assert.Null(Quota.WhyNot(Enumerable.Repeat(1u, 7), 1, 1));
        Assert.Contains("8", Quota.WhyNot(Enumerable.Repeat(1u, 8), 1, 1), StringComparison.Ordinal);
        Assert.NotNull(Quota.WhyNot(Enumerable.Repeat(1u, 5), 1, 4));
        Assert.Null(Quota.WhyNot(Enumerable.Repeat(1u, 8), 2, 4));
        Assert.Contains("32", Quota.WhyNot(Enumerable.Range(1, 4).SelectMany(user => Enumerable.Repeat((uint)user, 8)), 9, 1), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lease_is_one_names_until_it_goes()
    {
        LeaseTable leases = new();
        Assert.True(leases.TryTake(new Lease(1, ":1.5")));
        Assert.True(leases.TryTake(new Lease(1, ":1.5")));
        Assert.False(leases.TryTake(new Lease(1, ":1.6")));
        Assert.True(leases.TryTake(new Lease(2, ":1.5")));
        Assert.Equal([1, 2], leases.ReleaseAll(":1.5").Order());
        Assert.True(leases.TryTake(new Lease(1, ":1.6")));
        Assert.Equal(":1.6", leases.HolderOf(1));
        Assert.Null(leases.HolderOf(2));
    }

    [Fact]
    public void Watching_counts_after_a_tenth_of_a_second_and_its_end_after_two()
    {
        WatchDebounce watch = new();
        Assert.False(watch.Look(true, 0));
        Assert.Equal(WatchDebounce.OnNs, watch.Deadline);
        Assert.False(watch.Look(false, 50_000_000));
        Assert.False(watch.Look(true, 60_000_000));
        Assert.False(watch.Look(true, 159_999_999));
        Assert.True(watch.Look(true, 160_000_000) && watch.Watched);
        Assert.Equal(long.MaxValue, watch.Deadline);
        Assert.False(watch.Look(false, 200_000_000));
        Assert.False(watch.Look(true, 2_100_000_000));
        Assert.False(watch.Look(false, 2_200_000_000));
        Assert.False(watch.Look(false, 4_199_999_999));
        Assert.True(watch.Look(false, 4_200_000_000));
        Assert.False(watch.Watched);
    }

    [Fact]
    public void Watching_never_flickers_faster_than_it_may()
    {
        Prop.ForAll<(PositiveInt Pause, bool Raw)[]>(changes =>
        {
            WatchDebounce watch = new();
            long now = 0, rawSince = 0;
            bool raw = false;
            foreach ((PositiveInt pause, bool next) in changes)
            {
                now += pause.Get * 37_000_000L;
                if (next != raw) (raw, rawSince) = (next, now);
                bool changed = watch.Look(next, now);
                if (changed && now - rawSince < (raw ? WatchDebounce.OnNs : WatchDebounce.OffNs)) return false;
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }
}
