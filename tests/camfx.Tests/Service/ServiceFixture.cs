using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Service;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Service;

/// <summary>A running service with one camera that has the effects 1 (mirror) and 2 (brightness), and a client of it.</summary>
public sealed class ServiceFixture : IDisposable
{
    public ServiceFixture()
    {
        Service = new RunningService();
        Service.Start(States.Small(
            effects: """
                { "id": "1", "kind": "mirror", "enabled": true, "parameters": {} }, { "id": "2", "kind": "brightness", "enabled": true, "parameters": { "value": "5" } }
                """,
            nextEffect: 3));
        Bus = Service.Daemon.Connect();
        Root = new Manager1Proxy(Bus, ServicePaths.BusName, ServicePaths.Root);
        Camera = Service.Camera(Bus);
        Output = new Output1Proxy(Bus, ServicePaths.BusName, ServicePaths.Output("camfx", 1));
        Effect = new Effect1Proxy(Bus, ServicePaths.BusName, ServicePaths.Effect("camfx", "2"));
        Camera.Refresh();
    }

    internal RunningService Service { get; }

    internal Bus Bus { get; }

    internal Manager1Proxy Root { get; }

    internal Camera1Proxy Camera { get; }

    internal Output1Proxy Output { get; }

    internal Effect1Proxy Effect { get; }

    internal static Dictionary<string, Variant> None => [];

    /// <summary>Runs <c>busctl --user</c> on the service's bus.</summary>
    internal Task<BuiltCamfx.Result> BusctlAsync(params string[] arguments) => BuiltCamfx.RunProgramAsync(
        "/usr/bin/env", [$"DBUS_SESSION_BUS_ADDRESS={Service.Environment["DBUS_SESSION_BUS_ADDRESS"]}", "busctl", "--user", .. arguments]);

    public void Dispose()
    {
        Bus.Dispose();
        Service.Dispose();
    }
}
