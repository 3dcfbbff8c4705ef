using Camfx.DBus;

namespace Camfx.Doctor.Machine;

/// <summary>Asks polkit what it would say to this connection's making a device. Nobody is asked for a password.</summary>
internal static class PolkitQuestion
{
    private const string Name = "org.freedesktop.PolicyKit1";
    private const string Action = "org.camfx.helper.create-device";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private static readonly BusType<(string, IReadOnlyDictionary<string, Variant>)> s_subject = BusType.Struct(BusType.String, BusType.Options);
    private static readonly BusType<IReadOnlyDictionary<string, string>> s_details = BusType.Dictionary(BusType.String, BusType.String);
    private static readonly BusType<(bool IsAuthorized, bool IsChallenge, IReadOnlyDictionary<string, string> Details)> s_result =
        BusType.Struct(BusType.Boolean, BusType.Boolean, s_details);

    public static PolkitAnswer Ask(Bus bus)
    {
        if (bus.OwnerOf(Name) is null && !bus.IsActivatable(Name)) return PolkitAnswer.Absent;
        BusMessage call = bus.NewCall(Name, "/org/freedesktop/PolicyKit1/Authority", "org.freedesktop.PolicyKit1.Authority", "CheckAuthorization");
        s_subject.Write(call.Writer, ("system-bus-name", new Dictionary<string, Variant>(StringComparer.Ordinal) { ["name"] = bus.UniqueName }));
        call.Writer.Write(Action);
        s_details.Write(call.Writer, new Dictionary<string, string>(StringComparer.Ordinal));
        call.Writer.Write(0u);
        call.Writer.Write("");
        try
        {
            using BusMessage reply = bus.Call(call, s_patience);
            (bool isAuthorized, bool isChallenge, _) = s_result.Read(reply.Read());
            return isAuthorized ? PolkitAnswer.Yes : isChallenge ? PolkitAnswer.Password : PolkitAnswer.No;
        }
        catch (BusException failure)
        {
            // It has no error of its own for this: "Action … is not registered".
            return failure.Message.Contains("not registered", StringComparison.Ordinal) ? PolkitAnswer.UnknownAction : PolkitAnswer.Unknown;
        }
    }
}
