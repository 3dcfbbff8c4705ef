using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Pipeline;
using Camfx.PipeWire;

namespace Camfx.Sinks.PipeWire;

/// <summary>The output <c>pipewire</c>: a node whose buffers are the slots of the camera's queue.</summary>
internal sealed class PipeWireOutput : IOutput, Camfx.PipeWire.IFrameQueueHost
{
    private readonly FormatQueues _queues;
    private readonly Demand _demand;
    private readonly CameraNode _node;
    private FormatQueue? _watched;

    /// <exception cref="CamfxException">libpipewire is not installed.</exception>
    public PipeWireOutput(CameraOptions options, FormatQueues queues, Demand demand)
    {
        _queues = queues;
        _demand = demand;
        Target = options.Name;
        CameraMode mode = options.Mode;
        try
        {
            _node = new CameraNode(
                new CameraNodeOptions(
                    options.Name, options.Name, mode.Width, mode.Height, mode.FrameRate.Numerator, mode.FrameRate.Denominator)
                {
                    Share = FormatQueues.PipeWireShare,
                },
                this);
        }
        catch (DllNotFoundException missing)
        {
            throw new CamfxException(
                ExitCode.Failed, "The output 'pipewire' needs libpipewire-0.3, which is not installed; install libpipewire-0.3-0.", missing);
        }

        _node.StatusChanged += (_, _) => Follow(_node.Status);
        _node.ConsumersChanged += (_, _) => Changed?.Invoke();
    }

    public event Action? Changed;

    public string Kind => "pipewire";

    public string State => _node.Status.State.ToString().ToLowerInvariant();

    public string? Problem => _node.Status is { Reason.Length: > 0 } status ? $"{status.Reason}." : null;

    public string Target { get; }

    public string Format => _node.Status is { State: CameraNodeState.Streaming, Format: not PixelFormat.Unknown and var format }
        ? FourCC.ToString(PixelFormatInfo.Of(format).FourCC)
        : "";

    public ImmutableArray<Consumer> Consumers =>
        [.. _node.Consumers.Select(consumer => new Consumer(Kind, consumer.Application, consumer.ProcessId))];

    public void Start() => _node.Start();

    public void FramePublished() => _node.Offer();

    public void Dispose()
    {
        _node.Dispose();

        // Its thread has ended: who watched does so no more.
        if (_watched is not null) Watch(null);
    }

    FrameQueueWriter Camfx.PipeWire.IFrameQueueHost.OpenQueue(PixelFormat format) => _queues.Of(format).Writer;

    // The queues stay with the camera: the next consumer wants one of them again.
    void Camfx.PipeWire.IFrameQueueHost.CloseQueue(FrameQueueWriter queue)
    {
    }

    /// <summary>Somebody watches while the node streams, in the format agreed upon. The node's thread, one call at a time.</summary>
    private void Follow(CameraNodeStatus status)
    {
        FormatQueue? watched = status.State == CameraNodeState.Streaming && status.Format != PixelFormat.Unknown
            ? _queues.Of(status.Format)
            : null;
        if (watched != _watched) Watch(watched);
        Changed?.Invoke();
    }

    private void Watch(FormatQueue? watched)
    {
        FormatQueue? before = _watched;
        _watched = watched;
        watched?.Want();
        if (before is null) _demand.Add();
        if (watched is null) _demand.Remove();
        before?.Unwant();
    }
}
