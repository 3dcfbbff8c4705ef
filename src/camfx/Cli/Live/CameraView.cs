using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Service;

namespace Camfx.Cli.Live;

/// <summary>One camera of the running service, with its outputs and effects as they were when it was asked.</summary>
internal sealed record CameraView(Camera1Proxy Camera, IReadOnlyList<Output1Proxy> Outputs, IReadOnlyList<Effect1Proxy> Effects)
{
    public string Id => ServicePaths.LastPart(Camera.ObjectPath);

    /// <summary>Takes a camera out of an object manager's answer.</summary>
    public static CameraView Of(
        Bus bus, ObjectPath path, IReadOnlyDictionary<ObjectPath, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Variant>>> objects)
    {
        Camera1Proxy camera = Load(new Camera1Proxy(bus, ServicePaths.BusName, path), objects);
        return new CameraView(
            camera,
            [.. camera.Outputs.Where(objects.ContainsKey).Select(output => Load(new Output1Proxy(bus, ServicePaths.BusName, output), objects))],
            [.. camera.Effects.Where(objects.ContainsKey).Select(effect => Load(new Effect1Proxy(bus, ServicePaths.BusName, effect), objects))]);
    }

    /// <summary>The effect with this number, or the only one of this kind.</summary>
    /// <exception cref="CamfxException">There is none, or there are several.</exception>
    public Effect1Proxy Effect(string name)
    {
        Effect1Proxy[] found = [.. Effects.Where(effect => NumberOf(effect) == name)];
        if (found.Length == 0) found = [.. Effects.Where(effect => effect.Kind == name)];
        return found switch
        {
            [var only] => only,
            [] => throw new CamfxException(ExitCode.NoSuchThing, $"The camera '{Camera.Name}' has no effect '{name}'; 'camfx effect list' shows those it has."),
            _ => throw CamfxException.Usage($"'{name}' is the kind of {found.Length} effects; name one by its number: {string.Join(", ", found.Select(NumberOf))}."),
        };
    }

    /// <summary>The number by which an effect is named.</summary>
    public static string NumberOf(Effect1Proxy effect) => ServicePaths.LastPart(effect.ObjectPath);

    private static T Load<T>(T proxy, IReadOnlyDictionary<ObjectPath, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Variant>>> objects)
        where T : BusProxy
    {
        proxy.CallTimeout = ServiceClient.CallTimeout;
        proxy.Load(objects[proxy.ObjectPath].GetValueOrDefault(proxy.InterfaceName) ?? new Dictionary<string, Variant>());
        return proxy;
    }
}
