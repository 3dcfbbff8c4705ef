using Camfx.DBus.Tests.Interfaces;

namespace Camfx.DBus.Tests;

/// <summary>A server with an <see cref="EchoObject"/> on a thread of its own, and a client, on a bus of their own.</summary>
public abstract class BusPair : IDisposable
{
    protected const string Name = "org.camfx.Test";
    protected const string Place = "/org/camfx/Test";

    private readonly PrivateBus _daemon = new();

    protected BusPair()
    {
        Server = new LoopThread(_daemon.Connect());
        Client = _daemon.Connect();
        Echo = new EchoObject();
        Proxy = new Test1Proxy(Client, Name, Place);
        Server.Do(() =>
        {
            Server.Bus.RequestName(Name);
            Server.Bus.Objects.Add(Place, Echo);
        });
    }

    private protected PrivateBus Daemon => _daemon;

    private protected LoopThread Server { get; }

    private protected EchoObject Echo { get; }

    protected Bus Client { get; }

    private protected Test1Proxy Proxy { get; }

    public void Dispose()
    {
        Proxy.Dispose();
        Client.Dispose();
        Server.Dispose();
        _daemon.Dispose();
    }

    /// <summary>Runs the client's loop until something is so.</summary>
    protected void Until(Func<bool> condition) => Until(Client, condition);

    protected static void Until(Bus bus, Func<bool> condition)
    {
        using BusLoop loop = new(bus);
        using IDisposable limit = loop.After(TimeSpan.FromSeconds(30), loop.Stop);
        void Look()
        {
            if (condition()) loop.Stop();
            else loop.After(TimeSpan.FromMilliseconds(1), Look);
        }

        Look();
        loop.Run();
        Assert.True(condition(), "It did not happen in time.");
    }

    /// <summary>A call of the echo object, filled by hand.</summary>
    protected BusMessage NewCall(string member, Action<MessageWriter> write, string interfaceName = Test1Proxy.Interface, string path = Place)
    {
        BusMessage call = Client.NewCall(Name, path, interfaceName, member);
        write(call.Writer);
        return call;
    }

    /// <summary>The name of the error that a call ends with.</summary>
    protected string ErrorOf(string member, Action<MessageWriter> write, string interfaceName = Test1Proxy.Interface, string path = Place) =>
        Assert.Throws<BusException>(() => Client.Call(NewCall(member, write, interfaceName, path))).Name;
}
