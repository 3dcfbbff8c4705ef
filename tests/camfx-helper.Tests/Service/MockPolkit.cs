using Camfx.DBus;

namespace Camfx.Helper.Tests.Service;

/// <summary>polkit, as far as the helper asks it.</summary>
internal sealed class MockPolkit : BusInterface
{
    public const string BusName = "org.freedesktop.PolicyKit1";
    public const string Path = "/org/freedesktop/PolicyKit1/Authority";

    private static readonly BusType<(string, IReadOnlyDictionary<string, Variant>)> s_subject = BusType.Struct(BusType.String, BusType.Options);
    private static readonly BusType<IReadOnlyDictionary<string, string>> s_details = BusType.Dictionary(BusType.String, BusType.String);

    public MockPolkit()
        : base("org.freedesktop.PolicyKit1.Authority", "<interface name=\"org.freedesktop.PolicyKit1.Authority\"/>")
    {
    }

    /// <summary>Actions it says no to.</summary>
    public HashSet<string> Denied { get; } = new(StringComparer.Ordinal);

    /// <summary>What it was asked: who, and which action.</summary>
    public List<(string Subject, string Action)> Questions { get; } = [];

    protected override IReadOnlyList<string> PropertyNames => [];

    protected override bool Invoke(string member, IncomingCall call)
    {
        if (member != "CheckAuthorization") return false;
        MessageReader reader = call.Arguments("(sa{sv})sa{ss}us");
        (string kind, IReadOnlyDictionary<string, Variant> subject) = s_subject.Read(reader);
        string action = reader.ReadString();
        Assert.Equal("system-bus-name", kind);
        Questions.Add((subject["name"].Get(BusType.String), action));
        new MethodCall<(bool, bool, IReadOnlyDictionary<string, string>)>(call, BusType.Struct(BusType.Boolean, BusType.Boolean, s_details).Write)
            .Reply((!Denied.Contains(action), false, new Dictionary<string, string>()));
        return true;
    }

    protected override Variant? Get(string name) => null;

    protected override PropertyAccess Set(string name, Variant value, MethodCall call) => PropertyAccess.Unknown;
}
