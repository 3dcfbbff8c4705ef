using Camfx.DBus.Tests.Interfaces;
using Camfx.Posix;

namespace Camfx.DBus.Tests;

/// <summary>Peers that send what nobody should send: they get an error, and everybody else gets served.</summary>
public sealed class HostileTests : BusPair
{
    [Fact]
    public void Arguments_of_other_types_are_refused()
    {
        Assert.Equal(BusErrors.InvalidArgs, ErrorOf("Fail", writer => writer.Write(1u)));
        Assert.Equal(BusErrors.InvalidArgs, ErrorOf("Fail", _ => { }));
        Assert.Equal(BusErrors.InvalidArgs, ErrorOf("Fail", writer =>
        {
            writer.Write("busy");
            writer.Write("more");
        }));
        Assert.Equal(BusErrors.InvalidArgs, ErrorOf("Wait", writer => writer.Write("more")));
        Assert.Equal(BusErrors.InvalidArgs, ErrorOf("Get", writer => writer.Write("one"), "org.freedesktop.DBus.Properties"));
        Assert.Equal(BusErrors.InvalidArgs, ErrorOf("Introspect", writer => writer.Write("one"), "org.freedesktop.DBus.Introspectable"));
        StillServes();
    }

    [Fact]
    public void More_values_than_a_message_may_have_are_refused()
    {
        Dictionary<string, string[]> tooMany = Enumerable.Range(0, MessageReader.MostValues).ToDictionary(number => $"{number}", _ => Array.Empty<string>());

        Assert.Equal(BusErrors.InvalidArgs, Assert.Throws<BusException>(() => Proxy.EchoCompounds([], [], [], [], [], tooMany)).Name);

        StillServes();
    }

    [Fact]
    public void A_big_array_of_bytes_is_one_value()
    {
        byte[] big = new byte[8 << 20];
        big[^1] = 7;

        Assert.Equal(big, Proxy.EchoCompounds(big, [], [], [], [], new Dictionary<string, string[]>()).Rbytes);
    }

    [Fact]
    public void Variants_too_deep_in_each_other_are_refused()
    {
        Assert.Equal(BusErrors.InvalidArgs, ErrorOf("EchoVariant", writer => Nested(writer, MessageReader.DeepestVariant + 1)));

        using BusMessage reply = Client.Call(NewCall("EchoVariant", writer => Nested(writer, MessageReader.DeepestVariant)));
        StillServes();
    }

    [Fact]
    public void Descriptors_of_a_refused_call_are_closed()
    {
        using FileDescriptor memory = Memfd.Create("refused", 4096);

        for (int i = 0; i < 50; i++)
        {
            // The first argument is read before the second turns out to be something else.
            Assert.Equal(BusErrors.InvalidArgs, ErrorOf("EchoVariant", writer => Descriptors(writer, memory)));
            Assert.Equal(BusErrors.UnknownMethod, ErrorOf("Nothing", writer => writer.Write(memory)));
        }

        Server.Do(() => { });
        Assert.Equal(1, TypesTests.OpenDescriptors("refused"));
    }

    [Fact]
    public void A_signal_of_somebody_else_is_not_the_owners()
    {
        List<string> told = [];
        Proxy.Follow(() => told.Add(Proxy.Name));
        using IDisposable subscription = Proxy.OnHappened((what, _) => told.Add(what));
        Client.OwnerOf(Name);
        while (Client.Process())
        {
        }

        using Bus forger = Daemon.Connect();
        Forge(forger, Place, Test1Proxy.Interface, "Happened", writer =>
        {
            writer.Write("forged");
            writer.Write(1u);
        });
        Forge(forger, Place, "org.freedesktop.DBus.Properties", "PropertiesChanged", writer =>
        {
            writer.Write(Test1Proxy.Interface);
            BusType.Options.Write(writer, new Dictionary<string, Variant> { ["Name"] = "forged" });
            BusType.Array(BusType.String).Write(writer, []);
        });
        forger.Flush();
        forger.OwnerOf(Name);
        Server.Do(() => Echo.Happen("true", 1));
        Until(() => told.Count > 0);

        Assert.Equal(["true"], told);
    }

    [Fact]
    public void Nobody_but_the_bus_says_who_owns_a_name()
    {
        List<string?> owners = [];
        using IDisposable watch = Client.WatchName("org.camfx.Other", owners.Add);
        Until(() => owners.Count == 1);

        using Bus forger = Daemon.Connect();
        Forge(forger, "/org/freedesktop/DBus", Bus.DriverName, "NameOwnerChanged", writer =>
        {
            writer.Write("org.camfx.Other");
            writer.Write("");
            writer.Write(forger.UniqueName);
        });
        forger.OwnerOf(Name);
        Proxy.EchoVariant("after it");
        while (Client.Process())
        {
        }

        Assert.Equal([null], owners);
    }

    [Fact]
    public void Signals_of_the_owner_with_other_types_are_passed_over()
    {
        List<string> told = [];
        Proxy.Follow(() => told.Add("changed"));
        using IDisposable subscription = Proxy.OnHappened((what, _) => told.Add(what));
        Client.OwnerOf(Name);

        Server.Do(() =>
        {
            BusMessage wrong = Server.Bus.NewSignal(Place, Test1Proxy.Interface, "Happened");
            wrong.Writer.Write(1u);
            Server.Bus.Send(wrong);
            BusMessage wrongToo = Server.Bus.NewSignal(Place, "org.freedesktop.DBus.Properties", "PropertiesChanged");
            wrongToo.Writer.Write(Test1Proxy.Interface);
            BusType.Options.Write(wrongToo.Writer, new Dictionary<string, Variant> { ["Name"] = 1u });
            BusType.Array(BusType.String).Write(wrongToo.Writer, []);
            Server.Bus.Send(wrongToo);
            Echo.Happen("right", 1);
        });
        Until(() => told.Contains("right"));

        Assert.Equal(["right"], told);
    }

    [Fact]
    public void An_answer_of_other_types_is_an_error()
    {
        Server.Do(() => Server.Bus.Objects.Add("/liar", new Liar()));
        using Test1Proxy proxy = new(Client, Name, "/liar");

        Assert.Equal(BusErrors.InvalidArgs, Assert.Throws<BusException>(() => proxy.Wait()).Name);
        BusException? error = null;
        proxy.WaitAsync(reply => error = reply.Error);
        Until(() => error is not null);
        Assert.Equal(BusErrors.InvalidArgs, error!.Name);
    }

    private void StillServes() => Assert.Equal("yes", Proxy.EchoVariant("yes").Get(BusType.String));

    private void Forge(Bus forger, string path, string interfaceName, string member, Action<MessageWriter> write)
    {
        BusMessage signal = forger.NewSignal(path, interfaceName, member);
        write(signal.Writer);
        signal.SendOnlyTo(Client.UniqueName);
        forger.Send(signal);
    }

    private static void Nested(MessageWriter writer, int depth)
    {
        for (int level = 1; level < depth; level++) writer.Open('v', "v");
        writer.Open('v', "s");
        writer.Write("deep");
        for (int level = 0; level < depth; level++) writer.Close();
    }

    // A variant with an array of descriptors and, deeper than anybody reads, one thing more.
    private static void Descriptors(MessageWriter writer, FileDescriptor memory)
    {
        writer.Open('v', "(ahv)");
        writer.Open('r', "ahv");
        BusType.Array(BusType.Descriptor).Write(writer, [memory, memory, memory]);
        Nested(writer, MessageReader.DeepestVariant);
        writer.Close();
        writer.Close();
    }

    /// <summary>Answers a number with a text.</summary>
    private sealed class Liar() : BusInterface(Test1Proxy.Interface, "")
    {
        protected override IReadOnlyList<string> PropertyNames => [];

        protected override bool Invoke(string member, IncomingCall call)
        {
            new MethodCall<string>(call, BusType.String.Write).Reply("no number");
            return true;
        }

        protected override Variant? Get(string name) => null;

        protected override PropertyAccess Set(string name, Variant value, MethodCall call) => PropertyAccess.Unknown;
    }
}
