namespace Camfx.Frames.Fuzz;

/// <summary>Random numbers that are the same on every machine for the same seed and case (SplitMix64).</summary>
internal sealed class Dice(ulong seed, ulong number)
{
    private ulong _state = Mix(seed) ^ Mix(number * 0x9e3779b97f4a7c15 + 1);

    public ulong Next() => Mix(_state += 0x9e3779b97f4a7c15);

    /// <summary>0 to <paramref name="limit"/> - 1.</summary>
    public int Next(int limit) => (int)(Next() % (ulong)limit);

    public bool OneIn(int chances) => Next(chances) == 0;

    public T Of<T>(ReadOnlySpan<T> choices) => choices[Next(choices.Length)];

    private static ulong Mix(ulong z)
    {
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        return z ^ z >> 31;
    }
}
