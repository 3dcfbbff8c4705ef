using System.Text.Json;
using Camfx.Pipeline;
using Camfx.Posix;
using Camfx.Sinks;

namespace Camfx.Cli;

/// <summary><c>--stats</c>: one JSON object a line, once a second. Keys are only ever added.</summary>
internal sealed class StatisticsLines(Camera camera) : CameraReport(camera)
{
    private readonly Stream _stdout = Console.OpenStandardOutput();

    protected override bool Counts => true;

    protected override bool FollowsChanges => false;

    protected override void Report(long published)
    {
        RenderStatistics counters = Camera.Statistics;
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteNumber("time_ns", MonotonicClock.Now);
            json.WriteString("camera", Camera.Options.Name);
            json.WriteString("source", Camera.Options.Source);
            json.WriteString("state", Camera.State.ToString().ToLowerInvariant());
            json.WriteString("reason", Camera.Failure);
            json.WriteNumber("fps", published);
            json.WriteNumber("published", counters.Published);
            json.WriteNumber("missed", counters.Missed);
            json.WriteNumber("unpublished", counters.Unpublished);
            json.WriteNumber("dropped", Camera.Dropped);
            json.WriteNumber("source_opened", Camera.SourceOpened);
            json.WriteNumber("first_published_ns", counters.FirstPublished);
            json.WriteNumber("render_allocated_bytes", counters.AllocatedBytes);

            // All threads but this one, which allocates its lines.
            json.WriteNumber("allocated_bytes", GC.GetTotalAllocatedBytes(precise: true) - GC.GetAllocatedBytesForCurrentThread());
            json.WriteStartArray("outputs");
            foreach (IOutput output in Camera.Outputs)
            {
                json.WriteStartObject();
                json.WriteString("kind", output.Kind);
                json.WriteString("state", output.State);
                json.WriteString("problem", output.Problem);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("consumers");
            foreach (Consumer consumer in Camera.Consumers)
            {
                json.WriteStartObject();
                json.WriteString("output", consumer.Output);
                json.WriteString("application", consumer.Application);
                json.WriteNumber("pid", consumer.ProcessId);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        _stdout.Write(line.GetBuffer(), 0, (int)line.Length);
        _stdout.Flush();
    }
}
