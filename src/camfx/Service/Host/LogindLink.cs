using Camfx.DBus;
using Camfx.Posix;
using Camfx.Processes;

namespace Camfx.Service.Host;

/// <summary>logind (org.freedesktop.login1(5)) on one connection to the system bus.</summary>
/// <param name="loop">The connection's.</param>
/// <param name="table">The cameras.</param>
/// <param name="known">Called when it is known whether the screen is locked and the computer goes to sleep, or that nobody will tell.</param>
/// <remarks>Thread-bound to the loop's thread.</remarks>
internal sealed class LogindLink(BusLoop loop, CameraTable table, Action known) : IDisposable
{
    private const string Name = "org.freedesktop.login1", Root = "/org/freedesktop/login1";
    private const string ManagerInterface = Name + ".Manager", SessionInterface = Name + ".Session", UserInterface = Name + ".User";
    private const string Properties = "org.freedesktop.DBus.Properties";
    private const string Asleep = "The computer goes to sleep.", Locked = "The screen is locked.";

    private readonly List<IDisposable> _hearing = [];
    private FileDescriptor? _inhibitor;
    private string _session = "";
    private bool _sleeps;
    private bool _locked;
    private bool _suspended;

    /// <summary>Begins to hear.</summary>
    public void Begin()
    {
        Hear(ManagerInterface, "PrepareForSleep", "b", signal => Sleep(signal.Read().ReadBoolean()));
        Hear(ManagerInterface, "SessionNew", "so", _ => FindSession());
        Hear(ManagerInterface, "SessionRemoved", "so", _ => FindSession());
        Hear(SessionInterface, "Lock", "", signal => Lock(signal, true));
        Hear(SessionInterface, "Unlock", "", signal => Lock(signal, false));
        Hear(Properties, "PropertiesChanged", "sa{sv}as", Hinted);
        _hearing.Add(loop.Bus.WatchName(Name, owner =>
        {
            if (owner is null)
            {
                known();
                return;
            }

            // It may have begun before anybody heard. The answer comes before the last one about the session.
            Ask(Root, ManagerInterface, "PreparingForSleep", value => Sleep(value is true));
            FindSession();
        }));
    }

    /// <summary>Nobody tells any more: the cameras go on.</summary>
    public void Dispose()
    {
        foreach (IDisposable subscription in _hearing) subscription.Dispose();
        _inhibitor?.Dispose();
        (_sleeps, _locked) = (false, false);
        Apply();
    }

    private void Hear(string interfaceName, string member, string signature, Action<BusMessage> handler) =>
        _hearing.Add(loop.Bus.Subscribe(new BusMatch(Name, null, interfaceName, member) { PathNamespace = Root }, signal =>
        {
            if (signal.Signature == signature) handler(signal);
        }));

    /// <summary>Asks for a property; <paramref name="answered"/> gets null where there is none.</summary>
    private void Ask(string path, string interfaceName, string property, Action<object?> answered)
    {
        BusMessage question = loop.Bus.NewCall(Name, path, Properties, "Get");
        question.Writer.Write(interfaceName);
        question.Writer.Write(property);
        loop.Bus.CallAsync(question, answer => answered(answer.Error is null && answer.Signature == "v" ? answer.Read().ReadVariant().Value : null));
    }

    private void Sleep(bool begins)
    {
        _sleeps = begins;
        Apply();
        if (begins)
        {
            // Given back: logind waited for it, and no longer does.
            _inhibitor?.Dispose();
            _inhibitor = null;
        }
        else
        {
            Inhibit();
        }
    }

    private void Lock(BusMessage signal, bool locked)
    {
        if (signal.Path == _session) Lock(locked);
    }

    private void Lock(bool locked)
    {
        _locked = locked;
        Apply();
    }

    private void Hinted(BusMessage signal)
    {
        if (signal.Path != _session) return;
        MessageReader reader = signal.Read();
        if (reader.ReadString() != SessionInterface) return;
        if (BusType.Options.Read(reader).GetValueOrDefault("LockedHint")?.Value is bool locked) Lock(locked);
    }

    private void Apply()
    {
        bool suspended = _sleeps || _locked;
        if (suspended == _suspended) return;
        _suspended = suspended;
        if (suspended) table.Suspend(_sleeps ? Asleep : Locked);
        else table.Resume();
        ServiceLog.Notice(suspended ? $"The sources are closed: {(_sleeps ? Asleep : Locked)}" : "The sources may be open again.");
    }

    /// <summary>Asks logind to wait a moment before it puts the computer to sleep.</summary>
    private void Inhibit()
    {
        BusMessage call = loop.Bus.NewCall(Name, Root, ManagerInterface, "Inhibit");
        foreach (string text in (string[])["sleep", "camfx", "closes the camera", "delay"]) call.Writer.Write(text);
        loop.Bus.CallAsync(call, reply =>
        {
            if (reply.Error is not null || reply.Signature != "h") return;
            _inhibitor?.Dispose();
            _inhibitor = BusType.Descriptor.Read(reply.Read());
        });
    }

    /// <summary>Finds the session whose screen the user sits at; a service belongs to none itself.</summary>
    private void FindSession()
    {
        BusMessage call = loop.Bus.NewCall(Name, Root, ManagerInterface, "GetUser");
        call.Writer.Write(ProcessOwner.UserId);
        loop.Bus.CallAsync(call, reply =>
        {
            if (reply.Error is not null || reply.Signature != "o")
            {
                known();
                return;
            }

            Ask(reply.Read().ReadObjectPath().Text, UserInterface, "Display", value =>
            {
                // (so): the session's id and its object, "/" while there is none.
                if (value is object[] { Length: 2 } display && display[1] is ObjectPath path) SitAt(path.Text);
                else known();
            });
        });
    }

    /// <summary>From now on the session is this one; it may be locked already.</summary>
    private void SitAt(string session)
    {
        _session = session;
        Ask(session, SessionInterface, "LockedHint", value =>
        {
            if (session == _session) Lock(value is true);
            known();
        });
    }
}
