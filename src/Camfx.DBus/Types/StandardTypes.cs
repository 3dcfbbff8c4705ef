namespace Camfx.DBus;

/// <summary>Types of the standard interfaces.</summary>
public static class StandardTypes
{
    /// <summary>Properties by interface: a{sa{sv}}.</summary>
    public static BusType<IReadOnlyDictionary<string, IReadOnlyDictionary<string, Variant>>> Interfaces { get; } =
        BusType.Dictionary(BusType.String, BusType.Options);

    /// <summary>Interfaces and their properties by object: a{oa{sa{sv}}}.</summary>
    public static BusType<IReadOnlyDictionary<ObjectPath, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Variant>>>> Objects { get; } =
        BusType.Dictionary(BusType.ObjectPath, Interfaces);
}
