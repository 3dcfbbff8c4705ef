using System.Collections.Immutable;
using Camfx.Frames;
using Camfx.Pipeline;

namespace Camfx.Sinks;

/// <summary>The output <c>none</c>: frames are rendered into an I420 queue that nobody can attach to. For measuring.</summary>
internal sealed class NoneOutput(FormatQueues queues) : IOutput
{
    private bool _started;

    public event Action? Changed
    {
        add { }
        remove { }
    }

    public string Kind => "none";

    public string State => "ready";

    public string? Problem => null;

    public ImmutableArray<Consumer> Consumers => [];

    public void Start()
    {
        queues.Of(PixelFormat.I420).Want();
        _started = true;
    }

    public void FramePublished()
    {
    }

    public void Dispose()
    {
        if (_started) queues.Of(PixelFormat.I420).Unwant();
        _started = false;
    }
}
