namespace Camfx.Frames.Tests.Queue;

/// <summary>A random run written down: every choice of a test is the next number, so that a failing run shrinks and repeats.</summary>
internal sealed class Decisions(int[] numbers)
{
    private int _next;

    public bool More => _next < numbers.Length;

    /// <summary>A number from 0 to <paramref name="limit"/> - 1; 0 when the run is over.</summary>
    public int Next(int limit) => More ? (int)((uint)numbers[_next++] % (uint)limit) : 0;
}
