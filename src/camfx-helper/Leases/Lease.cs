namespace Camfx.Helper.Leases;

/// <summary>Who may feed a device at present: a bus name, from its first call until it leaves the bus.</summary>
/// <param name="Device">The device's number.</param>
/// <param name="BusName">The unique name, which never comes back once it is gone.</param>
internal readonly record struct Lease(int Device, string BusName);
