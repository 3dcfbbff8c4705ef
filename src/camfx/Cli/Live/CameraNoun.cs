using System.CommandLine;
using Camfx.Service;

namespace Camfx.Cli.Live;

/// <summary><c>camfx camera list|add|remove|set</c>: the cameras of the running service.</summary>
internal static class CameraNoun
{
    private const string Keys =
        "Keys: name=, source=URI, size=WxH, fps=, idle=on-demand|always|off, enabled=on|off, outputs=KIND+KIND… (auto, pipewire, device[:LABEL], queue, none), "
        + "when=idle (size and fps may wait until nobody watches).";

    public static Command Create() => new(
        "camera",
        "The virtual cameras of the running service. What is changed is kept. Exit status: 3 when camfx is not running, 5 when there is no such camera.")
    {
        List(), Add(), Remove(), Set(),
    };

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var list = new Command("list", "Lists the cameras: name, what they do, source, size, who watches.") { json };
        list.SetAction(parsed => ServiceClient.Do(client =>
        {
            IReadOnlyList<CameraView> cameras = client.Cameras();
            if (parsed.GetValue(json)) Console.Out.Write(StatusJson.OfCameras(cameras));
            else Console.Out.Write(TextTable.Of(CameraRows.Heads, cameras.Select(CameraRows.Of), CameraRows.None));
        }));
        return list;
    }

    private static Command Add()
    {
        var name = new Argument<string>("NAME") { Description = "The name that apps show, at most 31 bytes." };
        Argument<string[]> words = Words(required: false);
        var add = new Command("add", "Makes a camera; apps see it at once. Prints its id.") { name, words };
        add.SetAction(parsed =>
        {
            CameraWords wishes = CameraWords.Parse(parsed.GetValue(words)!);
            ServiceClient.Do(client =>
                Console.Out.WriteLine(ServicePaths.LastPart(client.Root.CreateCamera(wishes.Name ?? parsed.GetValue(name)!, wishes.ForNew()))));
        });
        return add;
    }

    private static Command Remove()
    {
        Argument<string> name = Which();
        var remove = new Command("remove", "Removes a camera. Who watches loses it.") { name };
        remove.SetAction(parsed => ServiceClient.Do(client => client.Root.RemoveCamera(client.Camera(parsed.GetValue(name)!).Camera.ObjectPath)));
        return remove;
    }

    private static Command Set()
    {
        Argument<string> name = Which();
        Argument<string[]> words = Words(required: true);
        var set = new Command("set", "Changes a camera, live. Size and fps cannot be changed while somebody watches.") { name, words };
        set.SetAction(parsed =>
        {
            CameraWords wishes = CameraWords.Parse(parsed.GetValue(words)!);
            ServiceClient.Do(client => wishes.Apply(client.Camera(parsed.GetValue(name)!)));
        });
        return set;
    }

    private static Argument<string> Which() => new("CAMERA")
    {
        HelpName = "CAMERA",
        Description = "The camera's name or id.",
        CompletionSources = { _ => Suggestions.Cameras() },
    };

    private static Argument<string[]> Words(bool required) => new("KEY=VALUE")
    {
        HelpName = "KEY=VALUE",
        Description = $"What it is to be. {Keys}",
        Arity = required ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore,
        CompletionSources = { context => Suggestions.CameraKeys(context.WordToComplete) },
    };
}
