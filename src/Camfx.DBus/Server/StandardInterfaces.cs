namespace Camfx.DBus;

/// <summary>The interfaces every object has (the D-Bus specification's standard interfaces).</summary>
internal static class StandardInterfaces
{
    public const string Peer = "org.freedesktop.DBus.Peer";
    public const string Introspectable = "org.freedesktop.DBus.Introspectable";
    public const string Properties = "org.freedesktop.DBus.Properties";
    public const string ObjectManager = "org.freedesktop.DBus.ObjectManager";

    public static readonly IReadOnlyList<string> All = [Peer, Introspectable, Properties, ObjectManager];
}
