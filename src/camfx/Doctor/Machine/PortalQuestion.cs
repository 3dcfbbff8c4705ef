using Camfx.DBus;

namespace Camfx.Doctor.Machine;

/// <summary>Asks the desktop portal for its camera interface, and its store for what users once answered.</summary>
internal static class PortalQuestion
{
    private const string Portal = "org.freedesktop.portal.Desktop";
    private const string Camera = "org.freedesktop.portal.Camera";
    private const string Store = "org.freedesktop.impl.portal.PermissionStore";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly BusType<IReadOnlyDictionary<string, string[]>> s_permissions = BusType.Dictionary(BusType.String, BusType.Array(BusType.String));

    public static PortalAnswer Ask(Bus bus)
    {
        if (!IsThere(bus, Portal)) return new PortalAnswer(true, false, false, null, new Dictionary<string, string>());
        return new PortalAnswer(true, true, Property(bus, "version") is not null, Property(bus, "IsCameraPresent")?.Value as bool?, Permissions(bus));
    }

    private static bool IsThere(Bus bus, string name) => bus.OwnerOf(name) is not null || bus.IsActivatable(name);

    private static Variant? Property(Bus bus, string name)
    {
        BusMessage call = bus.NewCall(Portal, "/org/freedesktop/portal/desktop", "org.freedesktop.DBus.Properties", "Get");
        call.Writer.Write(Camera);
        call.Writer.Write(name);
        try
        {
            using BusMessage reply = bus.Call(call, s_patience);
            return reply.Read().ReadVariant();
        }
        catch (BusException)
        {
            return null; // It has no such interface, or does not start.
        }
    }

    private static Dictionary<string, string> Permissions(Bus bus)
    {
        Dictionary<string, string> permissions = new(StringComparer.Ordinal);
        if (!IsThere(bus, Store)) return permissions;
        BusMessage call = bus.NewCall(Store, "/org/freedesktop/impl/portal/PermissionStore", Store, "Lookup");
        call.Writer.Write("devices");
        call.Writer.Write("camera");
        try
        {
            using BusMessage reply = bus.Call(call, s_patience);
            foreach ((string app, string[] answers) in s_permissions.Read(reply.Read()))
                if (answers.Length > 0) permissions[app] = answers[0];
        }
        catch (BusException)
        {
            // Nothing was ever answered.
        }

        return permissions;
    }
}
