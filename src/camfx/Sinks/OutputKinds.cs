using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.DBus;
using Camfx.Devices;
using Camfx.Pipeline;
using Camfx.Sinks.Device;
using Camfx.Sinks.PipeWire;
using Camfx.Sinks.Queue;

namespace Camfx.Sinks;

/// <summary>Every kind of output, and which ones a camera gets.</summary>
internal static class OutputKinds
{
    private const string Kinds = "auto, pipewire, device[:LABEL], queue, none";

    private const string Device = "device";

    /// <summary>The words of the outputs the options name, each once, with <c>auto</c> written out.</summary>
    public static ImmutableArray<string> Words(CameraOptions options) => [.. options.Outputs.SelectMany(Expand).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether the options make an output of this kind for certain.</summary>
    public static bool Has(CameraOptions options, string kind) =>
        options.Outputs.SelectMany(static word => word == "auto" ? ["pipewire", "queue"] : new[] { word }).Contains(kind, StringComparer.Ordinal);

    /// <summary>Makes the output of a word.</summary>
    /// <exception cref="CamfxException">Unknown kind, or one this machine cannot have.</exception>
    public static IOutput Create(string kind, CameraOptions options, FormatQueues queues, Demand demand) => kind switch
    {
        "pipewire" => new PipeWireOutput(options, queues, demand),
        "queue" => new QueueOutput(options, queues, demand, required: options.Outputs.Contains("queue")),
        "none" => new NoneOutput(queues),
        Device when options.Outputs.Contains(Device) => new DeviceOutput(options, queues, demand, label: null, required: true, Bus.OpenSystem),
        Device => new DeviceOutput(options, queues, demand, label: null, required: false, Bus.OpenSystem) { IsHere = DeviceService.IsThere(Bus.OpenSystem) },
        _ when kind.StartsWith(Device + ":", StringComparison.Ordinal) =>
            new DeviceOutput(options, queues, demand, kind[(Device.Length + 1)..], required: true, Bus.OpenSystem),
        _ => throw CamfxException.Usage($"There is no output '{kind}'; the outputs are: {Kinds}."),
    };

    /// <summary><c>auto</c> is everything that is here: PipeWire, the queue for programs of one's own, and a device as soon as there is a helper.</summary>
    private static IEnumerable<string> Expand(string kind) => kind == "auto" ? ["pipewire", "queue", Device] : [kind];
}
