namespace Camfx.Helper.Devices;

/// <summary>Which numbers new nodes get: from 63 downwards, because cameras count upwards and Firefox looks no further than /dev/video63.</summary>
internal static class NodeNumbers
{
    /// <summary>The highest number.</summary>
    public const int Highest = 63;

    /// <summary>Free numbers for a device.</summary>
    /// <param name="taken">Those that are taken.</param>
    /// <param name="count">How many are needed.</param>
    /// <param name="wanted">The first one's number, or null for any.</param>
    /// <returns>Null: the wanted one is taken, or there are not as many.</returns>
    public static IReadOnlyList<int>? Choose(IReadOnlySet<int> taken, int count, int? wanted)
    {
        List<int> numbers = [];
        if (wanted is { } first)
        {
            if (taken.Contains(first)) return null;
            numbers.Add(first);
        }

        for (int number = Highest; number >= 0 && numbers.Count < count; number--)
            if (!taken.Contains(number) && number != wanted) numbers.Add(number);
        return numbers.Count == count ? numbers : null;
    }
}
