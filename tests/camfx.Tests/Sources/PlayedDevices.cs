using Camfx.Posix;
using Camfx.Sources.Camera;
using Camfx.Tests.Infrastructure;
using Camfx.V4L2;
using Camfx.V4L2.Fake;

namespace Camfx.Tests.Sources;

/// <summary>Video devices that are played in this process. What is plugged in appears in a folder, as in /dev.</summary>
internal sealed class PlayedDevices : IVideoDevices, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lock _gate = new();
    private readonly List<(FakeDevice Device, string? Id)> _devices = [];

    public string? Folder => _folder.Path;

    /// <summary>What <see cref="Holder"/> says.</summary>
    public string? HolderName { get; set; }

    /// <summary>Whether somebody feeds the loopbacks.</summary>
    public bool IsFed { get; set; }

    /// <summary>Plugs a device in.</summary>
    public T Plug<T>(T device, string? stableId = null)
        where T : FakeDevice
    {
        lock (_gate) _devices.Add((device, stableId));
        Touch();
        return device;
    }

    /// <summary>Pulls a device out.</summary>
    public void Unplug(FakeDevice device)
    {
        lock (_gate) _devices.RemoveAll(entry => entry.Device == device);
        device.Unplug();
    }

    /// <summary>Something happens in the folder.</summary>
    public void Touch() => File.WriteAllText(_folder.File(Guid.NewGuid().ToString()), "");

    public IReadOnlyList<VideoNode> List()
    {
        var nodes = new List<VideoNode>();
        foreach ((FakeDevice device, string? id) in Snapshot())
        {
            try
            {
                using IVideoFile file = device.Open();
                nodes.Add(VideoNode.Query(file, id));
            }
            catch (VideoException)
            {
                // As the real list: what cannot be asked is left out.
            }
        }

        return [.. nodes.OrderBy(node => node.Number)];
    }

    public IReadOnlyList<string> Paths() => [.. Snapshot().Select(entry => entry.Device.Path)];

    public string Resolve(string path) => path;

    public IVideoFile Open(string path) =>
        Snapshot().FirstOrDefault(entry => entry.Device.Path == path).Device?.Open()
            ?? VideoFile.Open("/nonexistent/" + path, MapAccess.ReadWrite);

    public bool HasProducer(VideoNode node) => IsFed;

    public string? Holder(string path) => HolderName;

    public void Dispose() => _folder.Dispose();

    private (FakeDevice Device, string? Id)[] Snapshot()
    {
        lock (_gate) return [.. _devices];
    }
}
