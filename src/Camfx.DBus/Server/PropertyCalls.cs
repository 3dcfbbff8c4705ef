namespace Camfx.DBus;

/// <summary>org.freedesktop.DBus.Properties, answered from the interfaces of an object.</summary>
internal static class PropertyCalls
{
    /// <summary>Answers a call.</summary>
    /// <returns>False when there is no such method.</returns>
    public static bool Answer(IncomingCall call, string path, IReadOnlyList<BusInterface> offered)
    {
        switch (call.Member)
        {
            case "Get":
                MessageReader get = call.Arguments("ss");
                BusInterface read = Find(offered, path, get.ReadString());
                string wanted = get.ReadString();
                new MethodCall<Variant>(call, BusType.Variant.Write).Reply(read.Property(wanted) ?? throw Unknown(read, wanted));
                return true;
            case "GetAll":
                string name = call.Arguments("s").ReadString();
                new MethodCall<IReadOnlyDictionary<string, Variant>>(call, BusType.Options.Write).Reply(AllOf(offered, path, name));
                return true;
            case "Set":
                MessageReader set = call.Arguments("ssv");
                BusInterface changed = Find(offered, path, set.ReadString());
                string property = set.ReadString();
                Check(changed, property, changed.SetProperty(property, set.ReadVariant(), new MethodCall(call)));
                return true;
            default:
                return false;
        }
    }

    private static IReadOnlyDictionary<string, Variant> AllOf(IReadOnlyList<BusInterface> offered, string path, string name) =>
        StandardInterfaces.All.Contains(name) ? new Dictionary<string, Variant>(StringComparer.Ordinal) : Find(offered, path, name).AllProperties();

    private static BusInterface Find(IReadOnlyList<BusInterface> offered, string path, string name) =>
        offered.FirstOrDefault(candidate => candidate.InterfaceName == name)
        ?? throw new BusException(BusErrors.UnknownInterface, $"{path} has no interface {name}.");

    private static void Check(BusInterface target, string property, PropertyAccess access)
    {
        if (access == PropertyAccess.Unknown) throw Unknown(target, property);
        if (access == PropertyAccess.ReadOnly)
            throw new BusException(BusErrors.PropertyReadOnly, $"The property {property} of {target.InterfaceName} can only be read.");
    }

    private static BusException Unknown(BusInterface target, string property) =>
        new(BusErrors.UnknownProperty, $"{target.InterfaceName} has no property {property}.");
}
