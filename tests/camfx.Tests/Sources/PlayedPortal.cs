using Camfx.DBus;
using Camfx.DBus.Tests;
using Camfx.Posix;

namespace Camfx.Tests.Sources;

/// <summary>The desktop portal's screen casts, played on a bus of the test's own; its user answers as the test says.</summary>
internal sealed class PlayedPortal : IDisposable
{
    private const string Path = "/org/freedesktop/portal/desktop";

    private static readonly BusType<(uint, IReadOnlyDictionary<string, Variant>)[]> s_streams = BusType.Array(BusType.Struct(BusType.UInt32, BusType.Options));

    private readonly PrivateBus _bus = new();
    private readonly LoopThread _thread;
    private readonly string _socket;
    private volatile int _asked;

    /// <param name="socket">The socket of PipeWire, to which the screen's connection leads.</param>
    /// <param name="node">The node that is the screen.</param>
    public PlayedPortal(string socket, uint node)
    {
        _socket = socket;
        Node = node;
        _thread = new LoopThread(_bus.Connect());
        _thread.Do(() =>
        {
            _thread.Bus.Objects.Add(Path, new ScreenCast(this));
            _thread.Bus.RequestName("org.freedesktop.portal.Desktop");
        });
    }

    public string Address => _bus.Address;

    public uint Node { get; }

    /// <summary>What the user answers: 0 yes, 1 no.</summary>
    public uint Answer { get; set; }

    /// <summary>How often the user was asked.</summary>
    public int Asked => _asked;

    /// <summary>The options of the last SelectSources.</summary>
    public IReadOnlyDictionary<string, Variant> Wishes { get; private set; } = new Dictionary<string, Variant>();

    public void Dispose()
    {
        _thread.Dispose();
        _bus.Dispose();
    }

    private sealed class ScreenCast(PlayedPortal portal) : BusInterface("org.freedesktop.portal.ScreenCast", "")
    {
        private const string Session = Path + "/session/1";

        protected override IReadOnlyList<string> PropertyNames => ["version"];

        protected override bool Invoke(string member, IncomingCall call)
        {
            switch (member)
            {
                case "CreateSession":
                    Respond(call, BusType.Options.Read(call.Arguments("a{sv}")), 0, new() { ["session_handle"] = Session });
                    return true;
                case "SelectSources":
                    portal.Wishes = Options(call.Arguments("oa{sv}"));
                    Respond(call, portal.Wishes, 0, []);
                    return true;
                case "Start":
                    portal._asked++;
                    MessageReader reader = call.Arguments("osa{sv}");
                    Assert.Equal(Session, reader.ReadObjectPath().Text);
                    reader.ReadString();
                    Variant streams = Variant.Of(s_streams, [(portal.Node, new Dictionary<string, Variant>())]);
                    Respond(call, BusType.Options.Read(reader), portal.Answer, new() { ["streams"] = streams, ["restore_token"] = $"token {portal._asked}" });
                    return true;
                case "OpenPipeWireRemote":
                    Assert.Empty(Options(call.Arguments("oa{sv}")));
                    using (FileDescriptor remote = UnixSocket.Connect(portal._socket, UnixSocketType.Stream))
                        new MethodCall<FileDescriptor>(call, BusType.Descriptor.Write).Reply(remote);
                    return true;
                default:
                    return false;
            }
        }

        protected override Variant? Get(string name) => name == "version" ? 4u : null;

        protected override PropertyAccess Set(string name, Variant value, MethodCall call) => PropertyAccess.Unknown;

        private static IReadOnlyDictionary<string, Variant> Options(MessageReader reader)
        {
            Assert.Equal(Session, reader.ReadObjectPath().Text);
            return BusType.Options.Read(reader);
        }

        /// <summary>Answers with the request's handle, and then, by signal, with what the user said.</summary>
        private void Respond(IncomingCall call, IReadOnlyDictionary<string, Variant> options, uint code, Dictionary<string, Variant> results)
        {
            ObjectPath request = $"{Path}/request/{call.Sender[1..].Replace('.', '_')}/{options["handle_token"].Value}";
            new MethodCall<ObjectPath>(call, BusType.ObjectPath.Write).Reply(request);
            BusMessage signal = portal._thread.Bus.NewSignal(request, "org.freedesktop.portal.Request", "Response");
            signal.Writer.Write(code);
            BusType.Options.Write(signal.Writer, code == 0 ? results : []);
            portal._thread.Bus.Send(signal);
        }
    }
}
