using System.Xml.Linq;
using Camfx.DBus.Tests.Interfaces;
using Camfx.Posix;

namespace Camfx.DBus.Tests;

/// <summary>What an exported object answers.</summary>
public sealed class ObjectsTests : BusPair
{
    private const string Properties = "org.freedesktop.DBus.Properties";

    [Theory]
    [InlineData("busy", BusErrors.Busy, "Somebody has it.")]
    [InlineData("no", BusErrors.NotPermitted, "Not you.")]
    [InlineData("defect", BusErrors.Failed, "Fail failed: A defect.")]
    public void What_a_handler_throws_or_says_is_the_answer(string how, string name, string message)
    {
        BusException error = Assert.Throws<BusException>(() => Proxy.Fail(how));

        Assert.Equal((name, message), (error.Name, error.Message));
    }

    [Fact]
    public void Answering_twice_is_a_defect_that_is_not_hidden()
    {
        Proxy.Fail("twice");
        Server.Join();

        Assert.Equal("Fail was answered already.", Assert.IsType<InvalidOperationException>(Server.End).Message);
    }

    [Fact]
    public void An_answer_may_come_later_and_in_another_order()
    {
        List<uint> answers = [];
        Proxy.WaitAsync(reply => answers.Add(reply.Value));
        Proxy.WaitAsync(reply => answers.Add(reply.Value));
        Proxy.EchoVariant("after both");

        Server.Do(() => Echo.Waiting[1].Reply(2));
        Until(() => answers.Count == 1);
        Server.Do(() => Echo.Waiting[0].Reply(1));
        Until(() => answers.Count == 2);

        Assert.Equal([2, 1], answers);
    }

    [Fact]
    public void The_caller_is_known_by_the_bus()
    {
        Proxy.WaitAsync(_ => { });
        Proxy.EchoVariant("after it");
        BusCredentials? who = null;

        Server.Do(() => Echo.Waiting[0].GetCredentials(reply => who = reply.Value));
        Until(() => Server.Do(() => who) is not null);

        Assert.Equal(new BusCredentials((uint)UserId(), (uint)Environment.ProcessId), who);
        Assert.Equal(who, Client.CredentialsOf(Name));
        Assert.Equal(Client.UniqueName, Echo.Waiting[0].Sender);
    }

    [Fact]
    public void What_does_not_exist_is_named()
    {
        Assert.Equal(BusErrors.UnknownMethod, ErrorOf("Nothing", _ => { }));
        Assert.Equal(BusErrors.UnknownInterface, ErrorOf("Wait", _ => { }, "org.camfx.Nothing1"));
        Assert.Equal(BusErrors.UnknownObject, ErrorOf("Wait", _ => { }, path: "/org/camfx/Nothing"));
        Assert.Equal(BusErrors.UnknownMethod, ErrorOf("GetManagedObjects", _ => { }, "org.freedesktop.DBus.ObjectManager"));
        Assert.Equal(BusErrors.UnknownProperty, ErrorOf("Get", Texts(Test1Proxy.Interface, "Nothing"), Properties));
        Assert.Equal(BusErrors.UnknownInterface, ErrorOf("Get", Texts("org.camfx.Nothing1", "Name"), Properties));
        Assert.Equal(BusErrors.PropertyReadOnly, ErrorOf("Set", writer =>
        {
            Texts(Test1Proxy.Interface, "Moment")(writer);
            writer.Write((Variant)1L);
        }, Properties));
        Assert.Equal(BusErrors.ServiceUnknown, Assert.Throws<BusException>(() => new Test1Proxy(Client, "org.camfx.Nobody", Place).Wait()).Name);
    }

    [Fact]
    public void A_property_is_set_by_its_owner_alone()
    {
        Proxy.SetName("somebody");
        BusException refused = Assert.Throws<BusException>(() => Proxy.SetName("nobody"));
        Assert.Equal(BusErrors.InvalidArgs, ErrorOf("Set", writer =>
        {
            Texts(Test1Proxy.Interface, "Name")(writer);
            writer.Write((Variant)1u);
        }, Properties));
        Proxy.Refresh();

        Assert.Equal((BusErrors.InvalidArgument, "somebody", 42L), (refused.Name, Proxy.Name, Proxy.Moment));
    }

    [Fact]
    public void A_change_is_told_once_and_only_if_it_is_one()
    {
        List<string> told = [];
        using IDisposable subscription = Client.Subscribe(new BusMatch(Name, Place, Properties, "PropertiesChanged"), signal =>
        {
            MessageReader reader = signal.Read();
            reader.ReadString();
            told.AddRange(BusType.Options.Read(reader).Select(pair => $"{pair.Key}={pair.Value.Value}"));
            told.AddRange(BusType.Array(BusType.String).Read(reader).Select(name => $"{name}?"));
        });
        Client.OwnerOf(Name);

        Server.Do(() =>
        {
            Echo.Name = "a";
            Echo.Name = "a";
            Echo.Consumers = [];
            Echo.Consumers = [("device", "ffmpeg", 7u)];
            Echo.Consumers = [("device", "ffmpeg", 7u)];
            Echo.Secret = 5;
            Echo.Secret = 5;
            Echo.Name = "b";
        });
        Until(() => told.Contains("Name=b"));

        Assert.Equal(4, told.Count);
        Assert.Equal(("Name=a", "Secret?", "Name=b"), (told[0], told[2], told[3]));
        Assert.StartsWith("Consumers=", told[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_proxy_follows_structures_too()
    {
        bool changed = false;
        Proxy.Follow(() => changed = true);
        Client.OwnerOf(Name);

        Server.Do(() => Echo.Consumers = [("device", "ffmpeg", 7u)]);
        Until(() => changed);

        Assert.Equal([("device", "ffmpeg", 7u)], Proxy.Consumers);
        Assert.Equal("ffmpeg", Proxy.Consumers[0].Application);
    }

    [Fact]
    public void A_signal_arrives_with_its_arguments_until_nobody_listens()
    {
        List<(string What, uint Times)> heard = [];
        IDisposable subscription = Proxy.OnHappened((what, times) => heard.Add((what, times)));
        Client.OwnerOf(Name);

        Server.Do(() => Echo.Happen("light", 3));
        Until(() => heard.Count > 0);
        subscription.Dispose();
        Server.Do(() => Echo.Happen("light", 4));
        Proxy.EchoVariant("after it");
        while (Client.Process())
        {
        }

        Assert.Equal([("light", 3u)], heard);
    }

    [Fact]
    public void An_object_manager_tells_what_comes_and_goes()
    {
        List<string> told = [];
        using ObjectManagerProxy manager = new(Client, Name, "/org/camfx");
        manager.Follow(
            (path, interfaces) => told.Add($"+{path} {interfaces[Test1Proxy.Interface]["Moment"].Value}"),
            (path, interfaces) => told.Add($"-{path} {string.Join(' ', interfaces)}"));
        Client.OwnerOf(Name);

        Server.Do(() =>
        {
            Server.Bus.Objects.AddManager("/org/camfx");
            Server.Bus.Objects.Add("/org/camfx/more/1", new EchoObject());
            Server.Bus.Objects.Add("/elsewhere", new EchoObject());
            Server.Bus.Objects.Remove("/org/camfx/more/1");
        });
        Until(() => told.Count == 2);

        Assert.Equal(["+/org/camfx/more/1 42", "-/org/camfx/more/1 org.camfx.Test1"], told);
        Assert.Equal([Place], manager.GetManagedObjects().Keys.Select(path => path.Text));
        Assert.False(Server.Do(() => Server.Bus.Objects.Remove("/org/camfx/more/1")));
    }

    [Theory]
    [InlineData("org.camfx.Test1.xml", Place)]
    [InlineData("org.camfx.Helper1.xml", "/helper")]
    [InlineData("org.camfx.Device1.xml", "/device")]
    public void Introspection_is_the_XML_with_its_documentation(string file, string path)
    {
        Server.Do(() =>
        {
            Server.Bus.Objects.Add("/helper", new SilentHelper());
            Server.Bus.Objects.Add("/device", new SilentDevice());
        });
        using Stream stream = typeof(ObjectsTests).Assembly.GetManifestResourceStream(file)!;
        XElement written = XDocument.Load(stream).Root!.Element("interface")!;

        using BusMessage reply = Client.Call(NewCall("Introspect", _ => { }, "org.freedesktop.DBus.Introspectable", path));
        XElement root = XDocument.Parse(reply.Read().ReadString()).Root!;

        XElement told = root.Elements("interface").Single(element => element.Attribute("name")!.Value == written.Attribute("name")!.Value);
        Assert.True(XNode.DeepEquals(written, told), told.ToString());
        Assert.Contains(told.Descendants("annotation"), annotation => annotation.Attribute("name")!.Value == "org.gtk.GDBus.DocString");
    }

    [Fact]
    public void Introspection_leads_to_the_objects_below()
    {
        using BusMessage reply = Client.Call(NewCall("Introspect", _ => { }, "org.freedesktop.DBus.Introspectable", "/org"));

        XElement root = XDocument.Parse(reply.Read().ReadString()).Root!;
        Assert.Equal(["camfx"], root.Elements("node").Select(node => node.Attribute("name")!.Value));
        Assert.Contains(root.Elements("interface"), element => element.Attribute("name")!.Value == "org.freedesktop.DBus.Peer");
    }

    [Fact]
    public void A_call_without_an_interface_finds_its_method()
    {
        BusMessage call = Client.NewCall(Name, Place, null, "Fail");
        call.Writer.Write("busy");

        Assert.Equal(BusErrors.Busy, Assert.Throws<BusException>(() => Client.Call(call)).Name);
        Assert.Equal(BusErrors.UnknownMethod, Assert.Throws<BusException>(() => Client.Call(Client.NewCall(Name, Place, null, "Nothing"))).Name);
    }

    private static Action<MessageWriter> Texts(params string[] texts) => writer =>
    {
        foreach (string text in texts) writer.Write(text);
    };

    private static long UserId() => long.Parse(File.ReadLines("/proc/self/status").Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1]);
}
