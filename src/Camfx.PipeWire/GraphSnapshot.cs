using System.Collections.Immutable;
using Camfx.PipeWire.Control;
using Camfx.PipeWire.Graph;

namespace Camfx.PipeWire;

/// <summary>What a PipeWire daemon had at one time: its nodes of video and who is connected to it.</summary>
/// <param name="Version">The daemon's version, e.g. <c>1.4.2</c>.</param>
/// <param name="Nodes">The nodes whose <c>media.class</c> has to do with video.</param>
/// <param name="Clients">The names of the connected applications (<c>application.name</c>), as far as they tell one.</param>
public sealed record GraphSnapshot(string Version, ImmutableArray<SnapshotNode> Nodes, ImmutableArray<string> Clients)
{
    /// <summary>Asks the daemon, and waits for its answer.</summary>
    /// <param name="patience">How long.</param>
    /// <param name="socket">The daemon's socket; null: as <c>PIPEWIRE_REMOTE</c> and <c>XDG_RUNTIME_DIR</c> say.</param>
    /// <exception cref="IOException">Nobody listens there, or no answer came in time.</exception>
    /// <exception cref="DllNotFoundException">libpipewire-0.3 is not installed.</exception>
    public static GraphSnapshot Take(TimeSpan patience, string? socket = null)
    {
        using ControlLoop loop = new("camfx-look");
        using GraphSurvey survey = new(loop, socket);
        loop.Start();
        try
        {
            return survey.Wait(patience);
        }
        finally
        {
            loop.Stop();
        }
    }
}
