using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Service;

namespace Camfx.Cli.Live;

/// <summary>The running service as the command line meets it on the session bus, and what its refusals mean to the shell.</summary>
internal sealed class ServiceClient : IDisposable
{
    /// <summary>How long a call may take: a source is opened to see whether it works.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(60);

    private const string Absent = "camfx is not running; start it with 'camfx start'.";

    private ServiceClient(Bus bus, string owner)
    {
        Bus = bus;
        Owner = owner;
        Root = new Manager1Proxy(bus, ServicePaths.BusName, ServicePaths.Root) { CallTimeout = CallTimeout };
    }

    public Bus Bus { get; }

    /// <summary>The service's unique name.</summary>
    public string Owner { get; }

    /// <summary>The object /org/camfx/Camfx1.</summary>
    public Manager1Proxy Root { get; }

    /// <summary>Does something with the running service.</summary>
    /// <exception cref="CamfxException">It does not run, or refused.</exception>
    public static void Do(Action<ServiceClient> work)
    {
        try
        {
            using ServiceClient client = TryConnect() ?? throw new CamfxException(ExitCode.NotRunning, Absent);
            work(client);
        }
        catch (BusException failure)
        {
            throw Translate(failure);
        }
    }

    /// <summary>Connects to the service; null: it does not run. It is never started by this.</summary>
    public static ServiceClient? TryConnect()
    {
        Bus? bus = ServiceBusName.TryOpen();
        if (bus is null) return null;
        try
        {
            if (bus.OwnerOf(ServicePaths.BusName) is { } owner) return new ServiceClient(bus, owner);
        }
        catch (BusException)
        {
            // The bus is ending.
        }

        bus.Dispose();
        return null;
    }

    /// <summary>What the shell gets for a refusal.</summary>
    public static CamfxException Translate(BusException failure) => failure.Name switch
    {
        BusErrors.InvalidArgument or BusErrors.InvalidArgs => CamfxException.Usage(failure.Message),
        BusErrors.NotFound or BusErrors.UnknownObject => new CamfxException(ExitCode.NoSuchThing, failure.Message, failure),
        BusErrors.NotPermitted or BusErrors.AccessDenied => new CamfxException(ExitCode.NotPermitted, failure.Message, failure),
        BusErrors.ServiceUnknown or BusErrors.NameHasNoOwner or BusErrors.NoServer or BusErrors.Disconnected =>
            new CamfxException(ExitCode.NotRunning, Absent, failure),
        BusErrors.NoReply => new CamfxException(ExitCode.NotRunning, "camfx ended before it answered, or took too long; see 'camfx status'.", failure),
        _ => new CamfxException(ExitCode.Failed, failure.Message, failure),
    };

    /// <summary>The cameras with everything below them, in the service's order.</summary>
    public IReadOnlyList<CameraView> Cameras()
    {
        using ObjectManagerProxy manager = new(Bus, ServicePaths.BusName, ServicePaths.Root);
        var objects = manager.GetManagedObjects();
        Root.Refresh();
        return [.. Root.Cameras.Where(objects.ContainsKey).Select(path => CameraView.Of(Bus, path, objects))];
    }

    /// <summary>The camera of a name, or else of an id.</summary>
    /// <exception cref="CamfxException">There is none.</exception>
    public CameraView Camera(string name)
    {
        IReadOnlyList<CameraView> all = Cameras();
        return all.FirstOrDefault(camera => camera.Camera.Name == name) ?? all.FirstOrDefault(camera => camera.Id == name)
            ?? throw new CamfxException(
                ExitCode.NoSuchThing,
                all.Count == 0
                    ? $"There is no camera '{name}', and no other; 'camfx camera add {name}' makes one."
                    : $"There is no camera '{name}'; there are: {string.Join(", ", all.Select(camera => camera.Camera.Name))}.");
    }

    public void Dispose()
    {
        Root.Dispose();
        Bus.Dispose();
    }
}
