using Camfx.DBus.Tests.Interfaces;

namespace Camfx.DBus.Tests;

/// <summary>Peers that vanish and a bus that ends: nobody waits for ever, and everybody is told why.</summary>
public sealed class EndsTests : BusPair
{
    [Fact]
    public void A_name_is_watched_from_its_owner_now_to_its_end()
    {
        List<string?> owners = [];
        Bus other = Daemon.Connect();
        using IDisposable watch = Client.WatchName("org.camfx.Other", owners.Add);
        Until(() => owners.Count == 1);

        other.RequestName("org.camfx.Other");
        Until(() => owners.Count == 2);
        other.ReleaseName("org.camfx.Other");
        Until(() => owners.Count == 3);
        string unique = other.UniqueName;
        other.RequestName("org.camfx.Other");
        other.Dispose();
        Until(() => owners.Count == 5);

        Assert.Equal([null, unique, null, unique, null], owners);
    }

    [Fact]
    public void A_caller_that_vanishes_is_noticed_by_its_unique_name()
    {
        List<string?> owners = [];
        Bus caller = Daemon.Connect();
        string unique = caller.UniqueName;
        using IDisposable first = Client.WatchName(unique, owners.Add);
        Until(() => owners.Count == 1);
        using IDisposable second = Client.WatchName(unique, owners.Add);

        caller.Dispose();
        Until(() => owners.Count == 4);

        Assert.Equal([unique, unique, null, null], owners);
    }

    [Fact]
    public void One_who_is_gone_already_is_gone_at_once()
    {
        Bus caller = Daemon.Connect();
        string unique = caller.UniqueName;
        caller.Dispose();
        List<string?> owners = [];
        using IDisposable watch = Client.WatchName(unique, owners.Add);

        Until(() => owners.Count == 1);

        Assert.Equal([null], owners);
    }

    [Fact]
    public void A_watch_that_ended_says_nothing()
    {
        List<string?> owners = [];
        Client.WatchName("org.camfx.Other", owners.Add).Dispose();
        using Bus other = Daemon.Connect();
        other.RequestName("org.camfx.Other");
        Proxy.EchoVariant("after it");
        while (Client.Process())
        {
        }

        Assert.Empty(owners);
    }

    [Fact]
    public void A_call_under_way_ends_when_its_peer_leaves()
    {
        BusException? error = null;
        Proxy.WaitAsync(reply => error = reply.Error);
        Proxy.EchoVariant("after it");

        Server.Dispose();
        Until(() => error is not null);

        Assert.Equal(BusErrors.NoReply, error!.Name);
    }

    [Fact]
    public void A_call_ends_at_its_time_limit()
    {
        Proxy.CallTimeout = TimeSpan.FromMilliseconds(50);
        BusException? error = null;
        Proxy.WaitAsync(reply => error = reply.Error);
        Until(() => error is not null);

        Assert.Equal(BusErrors.NoReply, Assert.Throws<BusException>(() => Proxy.Wait()).Name);
        Assert.Equal(BusErrors.NoReply, error!.Name);
    }

    [Fact]
    public void A_call_that_is_forgotten_does_not_call_back()
    {
        bool called = false;
        Proxy.WaitAsync(_ => called = true).Dispose();
        Proxy.EchoVariant("after it");
        Server.Do(() => Echo.Waiting[0].Reply(1));
        Proxy.EchoVariant("after the answer");
        while (Client.Process())
        {
        }

        Assert.False(called);
    }

    [Fact]
    public void The_end_of_the_bus_is_told_to_every_call_and_then_to_the_loop()
    {
        List<string?> ends = [];
        Server.Do(() =>
        {
            Test1Proxy proxy = new(Server.Bus, Client.UniqueName, "/nobody/answers");
            proxy.WaitAsync(reply => ends.Add(reply.Error?.Name));
            proxy.WaitAsync(reply => ends.Add(reply.Error?.Name));
        });

        Daemon.Kill();
        Server.Join();

        Assert.Equal([BusErrors.NoReply, BusErrors.NoReply], ends);
        Assert.Equal(BusErrors.Disconnected, Assert.IsType<BusException>(Server.End).Name);
        Assert.False(Server.Bus.IsOpen);
        BusException blocked = Assert.Throws<BusException>(() => Proxy.EchoVariant("x"));
        Assert.Contains(blocked.Name, new[] { BusErrors.Disconnected, BusErrors.NoReply });
        Assert.Equal(BusErrors.NoServer, Assert.Throws<BusException>(() => Daemon.Connect()).Name);
    }

    [Fact]
    public void A_name_that_is_taken_stays_with_its_owner()
    {
        Assert.Equal(BusErrors.Busy, Assert.Throws<BusException>(() => Client.RequestName(Name)).Name);
        Server.Do(() => Server.Bus.RequestName(Name));
        Assert.Equal(Server.Bus.UniqueName, Client.OwnerOf(Name));
        Assert.Null(Client.OwnerOf("org.camfx.Nobody"));
    }

    [Fact]
    public void A_service_that_the_bus_can_start_is_known_without_starting_it()
    {
        Daemon.AddService("org.camfx.Sleeper", "/bin/false");

        Assert.True(Client.IsActivatable("org.camfx.Sleeper"));
        Assert.False(Client.IsActivatable("org.camfx.Nobody"));
        BusMessage call = Client.NewCall("org.camfx.Sleeper", "/", "org.freedesktop.DBus.Peer", "Ping");
        call.NeverStart();
        Assert.Equal(BusErrors.NameHasNoOwner, Assert.Throws<BusException>(() => Client.Call(call)).Name);
    }

    [Fact]
    public void Nothing_that_was_disposed_is_used()
    {
        Bus bus = Daemon.Connect();
        bus.Dispose();
        bus.Dispose();

        Assert.False(bus.IsOpen);
        Assert.Throws<ObjectDisposedException>(() => bus.OwnerOf(Name));
    }
}
