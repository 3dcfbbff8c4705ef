using System.Buffers;
using System.Text.Json;
using Camfx.Effects.Plugin;
using Camfx.Pipeline;
using Camfx.Posix;
using Camfx.Sinks;
using Camfx.Sinks.Device;

namespace Camfx.Cli;

/// <summary><c>--stats</c>: one JSON object a line, once a second. Keys are only ever added.</summary>
internal sealed class StatisticsLines : CameraReport
{
    private readonly Stream _stdout = Console.OpenStandardOutput();

    // One line's room, used again and again: a process that runs for weeks writes many lines.
    private readonly ArrayBufferWriter<byte> _line = new(2048);
    private readonly Utf8JsonWriter _json;

    public StatisticsLines(Camera camera)
        : base(camera) => _json = new Utf8JsonWriter(_line);

    protected override bool Counts => true;

    protected override bool FollowsChanges => false;

    public override void Dispose()
    {
        base.Dispose();
        _json.Dispose();
        _stdout.Dispose();
    }

    protected override void Report(long published)
    {
        _line.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        WriteCounters(published);
        WriteOutputs();
        WriteConsumers();
        WritePlugins();
        _json.WriteEndObject();
        _json.Flush();
        _line.Write("\n"u8);
        _stdout.Write(_line.WrittenSpan);
        _stdout.Flush();
    }

    private void WriteCounters(long published)
    {
        RenderStatistics counters = Camera.Statistics;
        SourceCounts source = Camera.SourceCounts;
        _json.WriteNumber("time_ns", MonotonicClock.Now);
        _json.WriteString("camera", Camera.Options.Name);
        _json.WriteString("source", Camera.Options.Source);
        _json.WriteString("state", Camera.State.ToString().ToLowerInvariant());
        _json.WriteString("reason", Camera.StateReason);
        _json.WriteNumber("fps", published);
        _json.WriteNumber("published", counters.Published);
        _json.WriteNumber("missed", counters.Missed);
        _json.WriteNumber("unpublished", counters.Unpublished);
        _json.WriteNumber("faults", Camera.Figures().Faults);
        _json.WriteNumber("dropped", source.Dropped);
        _json.WriteNumber("source_opened", source.Opened);
        _json.WriteNumber("source_copied_bytes", source.CopiedBytes);
        _json.WriteNumber("source_corrupted", source.Corrupted);
        _json.WriteNumber("first_published_ns", counters.FirstPublished);
        _json.WriteNumber("render_allocated_bytes", counters.AllocatedBytes);

        // All threads but this one, which may allocate for its lines.
        _json.WriteNumber("allocated_bytes", GC.GetTotalAllocatedBytes(precise: true) - GC.GetAllocatedBytesForCurrentThread());
    }

    private void WriteOutputs()
    {
        _json.WriteStartArray("outputs");
        foreach (IOutput output in Camera.Outputs)
        {
            _json.WriteStartObject();
            _json.WriteString("kind", output.Kind);
            _json.WriteString("state", output.State);
            _json.WriteString("problem", output.Problem);
            if (output is DeviceOutput device)
            {
                _json.WriteString("target", device.Node);
                _json.WriteString("memory", device.Memory);
            }

            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteConsumers()
    {
        _json.WriteStartArray("consumers");
        foreach (Consumer consumer in Camera.Consumers)
        {
            _json.WriteStartObject();
            _json.WriteString("output", consumer.Output);
            _json.WriteString("application", consumer.Application);
            _json.WriteNumber("pid", consumer.ProcessId);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WritePlugins()
    {
        _json.WriteStartArray("plugins");
        foreach (PluginStatistics plugin in Camera.EffectInstances.OfType<PluginEffect>().Select(effect => effect.Statistics))
        {
            _json.WriteStartObject();
            _json.WriteString("path", plugin.Path);
            _json.WriteString("state", plugin.State.ToString().ToLowerInvariant());
            _json.WriteString("problem", plugin.Problem);
            _json.WriteNumber("pid", plugin.ProcessId);
            _json.WriteString("limits", plugin.Limits);
            _json.WriteNumber("shown", plugin.Shown);
            _json.WriteNumber("bypassed", plugin.ByPassed);
            _json.WriteNumber("held", plugin.Held);
            _json.WriteNumber("torn", plugin.Torn);
            _json.WriteNumber("pictures", plugin.Pictures);
            _json.WriteNumber("restarts", plugin.Restarts);
            WriteMilliseconds("cpu_ms_per_picture", plugin.CpuPerPicture);
            WriteMilliseconds("latency_p50_ms", plugin.LatencyMedian);
            WriteMilliseconds("latency_p99_ms", plugin.LatencyP99);
            _json.WriteNumber("copied_bytes", plugin.CopiedBytes);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteMilliseconds(string name, double? value)
    {
        if (value is { } number) _json.WriteNumber(name, Math.Round(number, 3));
        else _json.WriteNull(name);
    }
}
