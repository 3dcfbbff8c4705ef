using Camfx.DBus.Interop;
using Camfx.Posix;

namespace Camfx.DBus;

/// <summary>
/// A connection to a message bus. It does nothing by itself: poll <see cref="Descriptor"/> for <see cref="Events"/> until
/// <see cref="Timeout"/> and call <see cref="Process"/> until it answers false, or let a <see cref="BusLoop"/> do it.
/// </summary>
/// <remarks>Thread-bound: one thread at a time may use it and everything that comes from it. All callbacks come from <see cref="Process"/>.</remarks>
public sealed unsafe partial class Bus : IDisposable
{
    /// <summary>The bus itself: its name, and the name of its main interface.</summary>
    public const string DriverName = "org.freedesktop.DBus";

    private const string DriverPath = "/org/freedesktop/DBus";

    private readonly ReleaseQueue _release = new();
    private readonly BusHandle _bus;

    private Bus(BusHandle bus)
    {
        _bus = bus;
        _calls = new CallTable();
        _names = new NameTable(this);
        Objects = new BusObjects(this);
        byte* name;

        // Says hello and waits for the answer: whoever has a Bus has a connection.
        Negative.Check(Libsystemd.sd_bus_get_unique_name(bus.Pointer, &name), "connect to the bus");
        UniqueName = BusMessage.Text(name);
        Descriptor = new FileDescriptor(Negative.Check(Libsystemd.sd_bus_get_fd(bus.Pointer), "look at the connection"), owned: false);
    }

    /// <summary>Our name on the bus, e.g. :1.42.</summary>
    public string UniqueName { get; }

    /// <summary>What this connection offers to others.</summary>
    public BusObjects Objects { get; }

    /// <summary>What to poll; the connection's own.</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>What to poll for; changes with every call.</summary>
    public PollEvents Events => (PollEvents)Negative.Check(Libsystemd.sd_bus_get_events(Handle), "look at the connection");

    /// <summary>When to call <see cref="Process"/> at the latest: CLOCK_MONOTONIC ns, <see cref="long.MaxValue"/> for no time at all.</summary>
    public long Timeout
    {
        get
        {
            if (_calls.HasReady) return 0;
            ulong microseconds;
            Negative.Check(Libsystemd.sd_bus_get_timeout(Handle, &microseconds), "look at the connection");
            return microseconds > long.MaxValue / 1000 ? long.MaxValue : (long)microseconds * 1000;
        }
    }

    /// <summary>Whether messages can still be sent.</summary>
    public bool IsOpen => !_bus.IsClosed && Libsystemd.sd_bus_is_open(_bus.Pointer) > 0;

    internal NameTable Names => _names;

    private sd_bus* Handle => _bus.Pointer;

    /// <summary>Connects to the system bus (DBUS_SYSTEM_BUS_ADDRESS names another).</summary>
    /// <exception cref="BusException">There is none, or it refused.</exception>
    public static Bus OpenSystem()
    {
        sd_bus* bus;
        Negative.Check(Libsystemd.sd_bus_open_system(&bus), "connect to the system bus");
        return Connect(bus);
    }

    /// <summary>Connects to the user's bus (DBUS_SESSION_BUS_ADDRESS, else the one in XDG_RUNTIME_DIR).</summary>
    /// <exception cref="BusException">There is none, or it refused.</exception>
    public static Bus OpenUser()
    {
        sd_bus* bus;
        Negative.Check(Libsystemd.sd_bus_open_user(&bus), "connect to the user's bus");
        return Connect(bus);
    }

    /// <summary>Connects to a bus by its address, e.g. unix:path=/run/dbus/system_bus_socket.</summary>
    /// <exception cref="BusException">There is none, or it refused.</exception>
    public static Bus Open(string address)
    {
        sd_bus* bus;
        Negative.Check(Libsystemd.sd_bus_new(&bus), "connect to the bus");
        return Connect(bus, address);
    }

    /// <summary>Handles one message or one reply, and calls whoever waits for it.</summary>
    /// <returns>Whether there was something: call again.</returns>
    /// <exception cref="BusException">Disconnected: the bus is gone. Calls that were under way were told before.</exception>
    public bool Process()
    {
        if (_calls.CompleteOne()) return true;
        sd_bus_message* received = null;
        int result = Libsystemd.sd_bus_process(Handle, &received);
        _release.Drain();
        if (received is not null)
        {
            Dispatch(new BusMessage(_release, received));
        }

        if (_calls.CompleteOne()) return true;
        return Negative.Check(result, "read from the bus") > 0;
    }

    /// <summary>Waits until everything was sent.</summary>
    public void Flush() => Negative.Check(Libsystemd.sd_bus_flush(Handle), "write to the bus");

    /// <summary>Sends what is waiting, closes the connection and forgets everything that was under way. Callbacks do not come any more.</summary>
    public void Dispose()
    {
        if (_bus.IsClosed) return;
        _release.Drain();
        _calls.Dispose();
        _bus.Dispose();
        Descriptor.Dispose();
    }

    private static Bus Connect(sd_bus* bus, string? address = null)
    {
        BusHandle handle = new(bus);
        try
        {
            if (address is not null)
            {
                Negative.Check(Libsystemd.sd_bus_set_address(bus, address), "understand the bus's address");
                Negative.Check(Libsystemd.sd_bus_set_bus_client(bus, 1), "connect to the bus");
                Negative.Check(Libsystemd.sd_bus_negotiate_fds(bus, 1), "connect to the bus");
                Negative.Check(Libsystemd.sd_bus_start(bus), "connect to the bus");
            }

            return new Bus(handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private void Dispatch(BusMessage message)
    {
        switch (message.Kind)
        {
            case BusMessageKind.Call:
                Objects.Dispatch(new IncomingCall(this, message), message.Path, message.Interface);
                break;
            case BusMessageKind.Signal:
                using (message) DispatchSignal(message);
                break;
            default:
                message.Dispose(); // A reply nobody waits for any more.
                break;
        }
    }
}
