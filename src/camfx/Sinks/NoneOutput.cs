using System.Collections.Immutable;
using Camfx.Frames;
using Camfx.Pipeline;

namespace Camfx.Sinks;

/// <summary>The output <c>none</c>: frames are rendered into an I420 queue that nobody can attach to. For measuring.</summary>
internal sealed class NoneOutput(FormatQueues queues) : IOutput
{
    public event Action? Changed
    {
        add { }
        remove { }
    }

    public string Kind => "none";

    public string State => "ready";

    public string? Problem => null;

    public ImmutableArray<Consumer> Consumers => [];

    public void Start() => queues.Of(PixelFormat.I420).Want();

    public void FramePublished()
    {
    }

    public void Dispose()
    {
    }
}
