using Camfx.DBus;

namespace Camfx.Helper.Authorization;

/// <summary>Asks polkit whether a caller may do something. The caller waits; nobody else does.</summary>
/// <remarks>Thread-bound to the bus's thread.</remarks>
internal sealed class Polkit(Bus bus)
{
    private const string Name = "org.freedesktop.PolicyKit1";
    private const string AuthorityPath = "/org/freedesktop/PolicyKit1/Authority";
    private const string AuthorityInterface = "org.freedesktop.PolicyKit1.Authority";
    private const uint AllowUserInteraction = 1;

    // A person may be asked for a password.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private static readonly BusType<(string, IReadOnlyDictionary<string, Variant>)> s_subject = BusType.Struct(BusType.String, BusType.Options);
    private static readonly BusType<IReadOnlyDictionary<string, string>> s_details = BusType.Dictionary(BusType.String, BusType.String);
    private static readonly BusType<(bool IsAuthorized, bool IsChallenge, IReadOnlyDictionary<string, string> Details)> s_result =
        BusType.Struct(BusType.Boolean, BusType.Boolean, s_details);

    /// <summary>Goes on if the caller may, else answers the call with NotPermitted.</summary>
    /// <param name="call">The call that needs it.</param>
    /// <param name="user">The caller's user.</param>
    /// <param name="action">One of <see cref="PolkitAction"/>.</param>
    /// <param name="allowed">Called at most once. What it throws as <see cref="BusException"/> answers the call.</param>
    public void Demand(IncomingCall call, uint user, string action, Action allowed)
    {
        BusMessage question = bus.NewCall(Name, AuthorityPath, AuthorityInterface, "CheckAuthorization");

        // By its bus name: a process can end and its number be another's before polkit looks.
        s_subject.Write(question.Writer, ("system-bus-name", new Dictionary<string, Variant>(StringComparer.Ordinal) { ["name"] = call.Sender }));
        question.Writer.Write(action);
        s_details.Write(question.Writer, new Dictionary<string, string>(StringComparer.Ordinal));
        question.Writer.Write(call.AllowsInteraction ? AllowUserInteraction : 0u);
        question.Writer.Write("");
        bus.CallAsync(question, reply => Answering.Guard(call, () =>
        {
            string? refusal = Refusal(BusReply<(bool IsAuthorized, bool IsChallenge, IReadOnlyDictionary<string, string> Details)>.From(reply, s_result.Read), user, action);
            if (refusal is not null) throw BusException.NotPermitted(refusal);
            allowed();
        }), s_patience);
    }

    private static string? Refusal(
        in BusReply<(bool IsAuthorized, bool IsChallenge, IReadOnlyDictionary<string, string> Details)> answer, uint user, string action)
    {
        if (answer.Error is { } error)
        {
            // A machine without polkit has nobody to ask; there only root may.
            bool absent = error.Name is BusErrors.ServiceUnknown or BusErrors.NameHasNoOwner;
            if (absent && user == 0) return null;
            return absent
                ? $"There is no polkit to ask for {action}; install polkitd, or do it as root."
                : $"polkit did not answer about {action}: {error.Message}";
        }

        if (answer.Value.IsAuthorized) return null;
        return answer.Value.IsChallenge
            ? $"This needs a password ({action}); call again with interaction allowed, sit at the machine, or join the group camfx."
            : $"polkit does not allow {action} to this user; sit at the machine, or join the group camfx.";
    }
}
