namespace Camfx.Helper.Leases;

/// <summary>Which bus name holds which device.</summary>
/// <remarks>Thread-bound to the bus's thread.</remarks>
internal sealed class LeaseTable
{
    private readonly Dictionary<int, string> _holders = [];

    /// <summary>Who holds a device; null: nobody.</summary>
    public string? HolderOf(int device) => _holders.GetValueOrDefault(device);

    /// <summary>Every bus name that holds something.</summary>
    public IEnumerable<string> Holders => _holders.Values.Distinct(StringComparer.Ordinal);

    /// <summary>Takes a device for a bus name.</summary>
    /// <returns>False: another name holds it.</returns>
    public bool TryTake(Lease lease)
    {
        if (_holders.TryGetValue(lease.Device, out string? holder)) return holder == lease.BusName;
        _holders.Add(lease.Device, lease.BusName);
        return true;
    }

    /// <summary>Gives a device back, whoever held it.</summary>
    public void Release(int device) => _holders.Remove(device);

    /// <summary>A bus name is gone: gives back what it held.</summary>
    /// <returns>The devices.</returns>
    public IReadOnlyList<int> ReleaseAll(string busName)
    {
        List<int> devices = _holders.Where(pair => pair.Value == busName).Select(pair => pair.Key).ToList();
        foreach (int device in devices) _holders.Remove(device);
        return devices;
    }
}
