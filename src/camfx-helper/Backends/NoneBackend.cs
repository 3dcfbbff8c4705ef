using Camfx.Helper.Devices;
using Camfx.Helper.Persistence;
using Camfx.Posix;

namespace Camfx.Helper.Backends;

/// <summary>Devices without a node: their frames are taken and thrown away. For tests, and for machines that have no driver.</summary>
internal sealed class NoneBackend : IBackend
{
    public string Name => "none";

    public bool IsDefault => false;

    public BackendState Look() => new(true, false, "Frames are taken and shown to nobody.");

    public IReadOnlyList<NodeRecord> Choose(DeviceRequest request, IReadOnlySet<int> taken) =>
        [.. Enumerable.Repeat(new NodeRecord(-1, "", "", Made: true), request.Readers)];

    public void Make(DeviceRecord device, int node)
    {
    }

    public bool Remove(NodeRecord node) => true;

    public bool Exists(DeviceRecord device, int node) => true;

    public INodeOutput Open(DeviceRecord device, int node, FileDescriptor? kept)
    {
        kept?.Dispose();
        return new NullNodeOutput();
    }
}
