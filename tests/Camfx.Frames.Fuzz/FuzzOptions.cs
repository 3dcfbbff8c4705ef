using System.Globalization;

namespace Camfx.Frames.Fuzz;

/// <summary>What a run does.</summary>
/// <param name="Seed">All cases follow from it.</param>
/// <param name="Count">Mutations to make.</param>
/// <param name="First">The first case: with <paramref name="Cases"/> 1 it replays one.</param>
/// <param name="Cases">The most cases; 0 for as many as it takes.</param>
/// <param name="Workers">Processes at once.</param>
internal sealed record FuzzOptions(ulong Seed, long Count, long First, long Cases, int Workers)
{
    public const string Usage = "[--seed S] [--count MUTATIONS] [--first CASE] [--cases N] [--workers N]";

    public static FuzzOptions? Parse(ReadOnlySpan<string> arguments)
    {
        var options = new FuzzOptions((ulong)Environment.TickCount64 & 0xffffff, 200_000, 0, 0, Math.Clamp(Environment.ProcessorCount, 1, 8));
        for (int i = 0; i + 1 < arguments.Length; i += 2)
        {
            if (!long.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out long value)) return null;
            switch (arguments[i])
            {
                case "--seed":
                    options = options with { Seed = (ulong)value };
                    break;
                case "--count":
                    options = options with { Count = value };
                    break;
                case "--first":
                    options = options with { First = value };
                    break;
                case "--cases":
                    options = options with { Cases = value };
                    break;
                case "--workers":
                    options = options with { Workers = (int)value };
                    break;
                default:
                    return null;
            }
        }

        return arguments.Length % 2 == 0 ? options : null;
    }
}
