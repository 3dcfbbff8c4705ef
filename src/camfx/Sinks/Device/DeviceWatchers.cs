using System.Collections.Immutable;
using Camfx.DBus;
using Camfx.Processes;

namespace Camfx.Sinks.Device;

/// <summary>
/// Who watches a device. The driver says only that somebody does; who it is stands in /proc, where only processes of the same user can be
/// looked into. So it is looked for when the device begins to be watched, and once a second for as long as it is.
/// </summary>
/// <remarks>Thread-bound to the output's thread.</remarks>
internal sealed class DeviceWatchers(BusLoop loop, Action changed) : IDisposable
{
    private const string Somebody = "another user";

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private IDisposable? _next;
    private string[] _nodes = [];
    private bool _found;

    /// <summary>Whether they are being looked for.</summary>
    public bool IsLooking => _next is not null;

    /// <summary>Whoever was found last.</summary>
    public ImmutableArray<Consumer> Now { get; private set; } = [];

    /// <summary>Looks for those who have these nodes mapped, now and every second.</summary>
    public void Begin(string[] nodes)
    {
        _nodes = nodes;
        _found = false;
        Look();
    }

    /// <summary>Nobody watches.</summary>
    public void End()
    {
        _next?.Dispose();
        _next = null;
        Set([]);
    }

    public void Dispose() => _next?.Dispose();

    private void Look()
    {
        _next?.Dispose();
        ImmutableArray<Consumer> found =
        [
            .. _nodes.SelectMany(node => NodeHolders.Of(node))
                .Where(holder => holder.HasMapped && holder.Name != "camfx-helper")
                .Select(holder => new Consumer("device", holder.Name, holder.ProcessId))
                .Distinct(),
        ];
        _found |= found.Length > 0;

        // An app that has just gone is watched for a moment longer: that is nobody, not somebody else.
        Set(_found || _nodes.Length == 0 ? found : [new Consumer("device", Somebody, 0)]);
        _next = loop.After(s_pause, Look);
    }

    private void Set(ImmutableArray<Consumer> found)
    {
        if (found.SequenceEqual(Now)) return;
        Now = found;
        changed();
    }
}
