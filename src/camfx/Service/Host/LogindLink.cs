using Camfx.DBus;
using Camfx.Posix;
using Camfx.Processes;

namespace Camfx.Service.Host;

/// <summary>logind (org.freedesktop.login1(5)) on one connection to the system bus.</summary>
/// <remarks>Thread-bound to the loop's thread.</remarks>
internal sealed class LogindLink(BusLoop loop, CameraTable table) : IDisposable
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
        Hear(SessionInterface, "Lock", "", signal => Lock(signal, true));
        Hear(SessionInterface, "Unlock", "", signal => Lock(signal, false));
        Hear(Properties, "PropertiesChanged", "sa{sv}as", Hinted);
        _hearing.Add(loop.Bus.WatchName(Name, owner =>
        {
            if (owner is null) return;
            FindSession();
            if (!_sleeps) Inhibit();
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
        if (signal.Path != _session) return;
        _locked = locked;
        Apply();
    }

    private void Hinted(BusMessage signal)
    {
        if (signal.Path != _session) return;
        MessageReader reader = signal.Read();
        if (reader.ReadString() != SessionInterface) return;
        if (BusType.Options.Read(reader).GetValueOrDefault("LockedHint")?.Value is not bool locked) return;
        _locked = locked;
        Apply();
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
            if (reply.Error is not null || reply.Signature != "o") return;
            BusMessage question = loop.Bus.NewCall(Name, reply.Read().ReadObjectPath(), Properties, "Get");
            question.Writer.Write(UserInterface);
            question.Writer.Write("Display");
            loop.Bus.CallAsync(question, answer =>
            {
                // (so): the session's id and its object, "/" while there is none.
                if (answer.Error is null && answer.Signature == "v" && answer.Read().ReadVariant().Value is object[] { Length: 2 } display && display[1] is ObjectPath path)
                    _session = path.Text;
            });
        });
    }
}
