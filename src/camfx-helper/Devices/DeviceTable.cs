using Camfx.Helper.Persistence;

namespace Camfx.Helper.Devices;

/// <summary>All devices, and the file that tells the next process of them.</summary>
/// <remarks>Thread-bound to the bus's thread.</remarks>
internal sealed class DeviceTable(StateFile file)
{
    private readonly List<Device> _devices = [];
    private int _nextId = 1;

    public IReadOnlyList<Device> All => _devices;

    /// <summary>The owner of each node.</summary>
    public IEnumerable<uint> NodeOwners => _devices.SelectMany(static device => Enumerable.Repeat(device.Record.Owner, device.Record.Nodes.Count));

    /// <summary>The number of each node.</summary>
    public IReadOnlySet<int> Numbers
    {
        get
        {
            HashSet<int> numbers = [];
            foreach (Device device in _devices)
                foreach (NodeRecord node in device.Record.Nodes) numbers.Add(node.Number);
            return numbers;
        }
    }

    public Device? Find(int id) => _devices.Find(device => device.Record.Id == id);

    /// <summary>A number that no device had before.</summary>
    public int TakeId() => _nextId++;

    /// <summary>Goes on where the last process was.</summary>
    public void Continue(int nextId) => _nextId = Math.Max(_nextId, nextId);

    public void Add(Device device)
    {
        _devices.Add(device);
        _nextId = Math.Max(_nextId, device.Record.Id + 1);
    }

    public void Remove(Device device) => _devices.Remove(device);

    /// <summary>Writes down what is now.</summary>
    /// <exception cref="IOException">The folder is full or gone.</exception>
    public void Save() => file.Write(new RuntimeState { NextId = _nextId, Devices = [.. _devices.Select(static device => device.Record)] });
}
