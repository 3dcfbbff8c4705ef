using Camfx.Helper.Persistence;

namespace Camfx.Helper.Devices;

/// <summary>All devices, and the file that tells the next process of them.</summary>
/// <remarks>Thread-bound to the bus's thread.</remarks>
internal sealed class DeviceTable(StateFile file)
{
    private readonly SortedDictionary<int, Device> _devices = [];
    private int _nextId = 1;

    public IEnumerable<Device> All => _devices.Values;

    /// <summary>The owner of each node.</summary>
    public IEnumerable<uint> NodeOwners => _devices.Values.SelectMany(static device => Enumerable.Repeat(device.Record.Owner, device.Record.Nodes.Count));

    /// <summary>The number of each node.</summary>
    public IReadOnlySet<int> Numbers => _devices.Values.SelectMany(static device => device.Record.Nodes).Select(static node => node.Number).ToHashSet();

    public Device? Find(int id) => _devices.GetValueOrDefault(id);

    /// <summary>A number that no device had before.</summary>
    public int TakeId() => _nextId++;

    /// <summary>Goes on where the last process was.</summary>
    public void Continue(int nextId) => _nextId = Math.Max(_nextId, nextId);

    public void Add(Device device)
    {
        _devices.Add(device.Record.Id, device);
        _nextId = Math.Max(_nextId, device.Record.Id + 1);
    }

    public void Remove(Device device) => _devices.Remove(device.Record.Id);

    /// <summary>Writes down what is now.</summary>
    /// <exception cref="IOException">The folder is full or gone.</exception>
    public void Save() => file.Write(new RuntimeState { NextId = _nextId, Devices = [.. _devices.Values.Select(static device => device.Record)] });
}
