using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Pipeline;
using Camfx.Sinks.PipeWire;
using Camfx.Sinks.Queue;

namespace Camfx.Sinks;

/// <summary>Every kind of output, and which ones a camera gets.</summary>
internal static class OutputKinds
{
    private const string Kinds = "auto, pipewire, queue, none";

    /// <summary>Makes the outputs the options name, each kind once.</summary>
    /// <exception cref="CamfxException">Unknown kind, or one this machine cannot have.</exception>
    public static ImmutableArray<IOutput> Create(CameraOptions options, FormatQueues queues, Demand demand) =>
        [.. options.Outputs.SelectMany(Expand).Distinct(StringComparer.Ordinal).Select(kind => Create(kind, options, queues, demand))];

    /// <summary>Whether the options make an output of this kind.</summary>
    public static bool Has(CameraOptions options, string kind) => options.Outputs.SelectMany(Expand).Contains(kind, StringComparer.Ordinal);

    /// <summary><c>auto</c> is everything that works without asking anybody: PipeWire, and the queue for programs of one's own.</summary>
    private static IEnumerable<string> Expand(string kind) => kind == "auto" ? ["pipewire", "queue"] : [kind];

    private static IOutput Create(string kind, CameraOptions options, FormatQueues queues, Demand demand) => kind switch
    {
        "pipewire" => new PipeWireOutput(options, queues, demand),
        "queue" => new QueueOutput(options, queues, demand, required: options.Outputs.Contains("queue")),
        "none" => new NoneOutput(queues),
        "device" => throw new CamfxException(
            ExitCode.Failed, "The output 'device' needs camfx-helper, which is not part of this version; use --output pipewire."),
        _ => throw CamfxException.Usage($"There is no output '{kind}'; the outputs are: {Kinds}."),
    };
}
