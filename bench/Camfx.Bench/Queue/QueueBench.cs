using System.Text.Json;

namespace Camfx.Bench.Queue;

/// <summary>What publishing costs, and how long until another process is awake, beside a C twin that does nothing but wake.</summary>
internal static class QueueBench
{
    public static int Run(ReadOnlySpan<string> arguments)
    {
        bool quick = arguments.Contains("--quick");
        int rounds = quick ? 3 : 7, wakes = quick ? 200 : 500;
        var publish = new List<double>();
        var one = new WakeSeries();
        var four = new WakeSeries();
        var oneTwin = new WakeSeries();
        var fourTwin = new WakeSeries();
        using var twin = new FutexTwin();

        // One after the other in each round, so that a busy moment of the machine falls on all of them.
        for (int round = 0; round < rounds; round++)
        {
            publish.Add(PublishCost.Measure());
            one.Add(WakeRun.Measure(1, wakes));
            oneTwin.Add(twin.Measure(1, wakes));
            four.Add(WakeRun.Measure(4, wakes));
            fourTwin.Add(twin.Measure(4, wakes));
        }

        Row[] rows =
        [
            new("begin and publish, nobody waits", "µs", publish, 1),
            new("publish → awake, 1 consumer, p50", "µs", one.Medians, 30),
            new("publish → awake, 1 consumer, p99", "µs", one.Tails),
            new("bare futex in C, 1 process, p50", "µs", oneTwin.Medians),
            new("bare futex in C, 1 process, p99", "µs", oneTwin.Tails),
            new("publish → awake, 4 consumers, p50", "µs", four.Medians),
            new("publish → awake, 4 consumers, p99", "µs", four.Tails),
            new("bare futex in C, 4 processes, p50", "µs", fourTwin.Medians),
            new("bare futex in C, 4 processes, p99", "µs", fourTwin.Tails),
            new("4 consumers, p50 over the C twin's", "×", four.RatiosTo(fourTwin), 1.3, "round by round"),
        ];
        Console.WriteLine(JsonSerializer.Serialize(rows, s_json));
        return 0;
    }

    private static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private sealed record Row(string What, string Unit, IReadOnlyList<double> Samples, double? AtMost = null, string Note = "");
}
