using Camfx.DBus;
using Camfx.DBus.Tests;
using Camfx.Posix;

namespace Camfx.Tests.Service;

/// <summary>logind as far as camfx uses it: one user with one session, played by the test.</summary>
internal sealed class PlayedLogind : IDisposable
{
    private const string Name = "org.freedesktop.login1", Root = "/org/freedesktop/login1", Session = Root + "/session/_31", User = Root + "/user/_1000";

    private static readonly Variant s_display = Variant.Of(BusType.Struct(BusType.String, BusType.ObjectPath), ("1", (ObjectPath)Session));

    private readonly LoopThread _thread;
    private readonly List<FileDescriptor> _inhibitors = [];

    /// <param name="bus">Where it is.</param>
    /// <param name="locked">Whether the screen was locked before anybody asked.</param>
    /// <param name="asleep">Whether the computer was going to sleep already.</param>
    public PlayedLogind(PrivateBus bus, bool locked = false, bool asleep = false)
    {
        _thread = new LoopThread(bus.Connect());
        _thread.Do(() =>
        {
            _thread.Bus.Objects.Add(Root, new Manager(this, asleep));
            _thread.Bus.Objects.Add(User, new Values(Name + ".User", ("Display", s_display)));
            _thread.Bus.Objects.Add(Session, new Values(Name + ".Session", ("LockedHint", locked)) { Asked = () => WasAskedForLock = true });
            _thread.Bus.RequestName(Name);
        });
    }

    /// <summary>Whether it was asked whether the screen is locked.</summary>
    public bool WasAskedForLock { get; private set; }

    /// <summary>Who keeps the computer from sleeping at once.</summary>
    public int Inhibitors => _thread.Do(() =>
    {
        // One whose other end is closed has given it back.
        _inhibitors.RemoveAll(static held => Poll.Wait([new PollDescriptor(held, PollEvents.None)], 0) > 0);
        return _inhibitors.Count;
    });

    public void Sleep(bool begins) => Send(Root, Name + ".Manager", "PrepareForSleep", writer => writer.Write(begins));

    public void Lock(bool locked) => Send(Session, Name + ".Session", locked ? "Lock" : "Unlock", null);

    public void Hint(bool locked) => Send(Session, "org.freedesktop.DBus.Properties", "PropertiesChanged", writer =>
    {
        writer.Write(Name + ".Session");
        BusType.Options.Write(writer, new Dictionary<string, Variant> { ["LockedHint"] = locked });
        BusType.Array(BusType.String).Write(writer, []);
    });

    public void Dispose()
    {
        _thread.Dispose();
        foreach (FileDescriptor held in _inhibitors) held.Dispose();
    }

    private void Send(string path, string interfaceName, string member, Action<MessageWriter>? write) => _thread.Do(() =>
    {
        BusMessage signal = _thread.Bus.NewSignal(path, interfaceName, member);
        write?.Invoke(signal.Writer);
        _thread.Bus.Send(signal);
    });

    /// <summary>An object with properties and nothing else.</summary>
    private class Values(string name, params (string Name, Variant Value)[] values) : BusInterface(name, "")
    {
        public Action Asked { get; init; } = static () => { };

        protected override IReadOnlyList<string> PropertyNames => [.. values.Select(static value => value.Name)];

        protected override bool Invoke(string member, IncomingCall call) => false;

        protected override Variant? Get(string name)
        {
            Asked();
            return values.FirstOrDefault(value => value.Name == name).Value;
        }

        protected override PropertyAccess Set(string name, Variant value, MethodCall call) => PropertyAccess.Unknown;
    }

    private sealed class Manager(PlayedLogind logind, bool asleep) : Values(Name + ".Manager", ("PreparingForSleep", asleep))
    {
        protected override bool Invoke(string member, IncomingCall call)
        {
            switch (member)
            {
                case "Inhibit":
                    (FileDescriptor kept, FileDescriptor given) = UnixSocket.Pair(UnixSocketType.Stream);
                    logind._inhibitors.Add(kept);
                    using (given) new MethodCall<FileDescriptor>(call, BusType.Descriptor.Write).Reply(given);
                    return true;
                case "GetUser":
                    new MethodCall<ObjectPath>(call, BusType.ObjectPath.Write).Reply(User);
                    return true;
                default:
                    return false;
            }
        }
    }
}
