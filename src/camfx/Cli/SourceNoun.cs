using System.CommandLine;
using Camfx.Cli.Live;
using Camfx.Sources;
using Camfx.Sources.Camera;
using Camfx.Sources.PipeWire;

namespace Camfx.Cli;

/// <summary><c>camfx source list|set|controls</c>: where pictures can come from, which of them a running camera shows, and a camera's own settings.</summary>
internal static class SourceNoun
{
    public static Command Create() => new("source", "Sources of pictures, and the controls of cameras.") { List(), SourceSet.Create(), Controls() };

    private static Command List()
    {
        Option<bool> json = Json();
        var list = new Command("list", "Lists the cameras of this machine, the best first, then other cameras at PipeWire, and every other kind of source.") { json };
        list.SetAction(parsed =>
        {
            IReadOnlyList<CameraEntry> cameras = CameraEntry.List(new VideoDevices());
            IReadOnlyList<NodeEntry> nodes = NodeEntry.List();
            Console.Out.Write(parsed.GetValue(json) ? SourceList.Json(cameras, nodes) : SourceList.Text(cameras, nodes));
        });
        return list;
    }

    private static Command Controls()
    {
        Option<bool> json = Json();
        var words = new Argument<string[]>("URI")
        {
            HelpName = "URI|set KEY=VALUE…|reset",
            Description = "The camera, 'camera:' for the best there is if left out; then nothing, to list its controls; 'set' with one or more KEY=VALUE, "
                + "where VALUE is a number, a choice of a menu, on, off or default; or 'reset'.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var controls = new Command(
            "controls",
            "Lists a camera's controls with their ranges and menus, sets them, or resets them. What is set is set at once, whoever shows the camera, is kept "
            + "for this camera, and is set again whenever camfx opens it.")
        {
            words, json,
        };
        controls.SetAction(parsed => Control([.. parsed.GetValue(words) ?? []], parsed.GetValue(json)));
        return controls;
    }

    private static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    private static void Control(string[] words, bool json)
    {
        if (Array.Find(words, word => word.StartsWith('-')) is { } option)
            throw CamfxException.Usage($"'{option}' is not understood here. See 'camfx source controls --help'.");
        bool named = words.Length > 0 && words[0] is not ("set" or "reset");
        var uri = SourceUri.Parse(named ? words[0] : "camera:");
        if (uri.Scheme != "camera") throw CamfxException.Usage($"The source '{uri.Text}' has no controls; only cameras do, for example camera:.");
        string[] rest = named ? words[1..] : words;
        if (rest is ["set"]) throw CamfxException.Usage("'set' needs at least one KEY=VALUE; 'camfx source controls' lists the keys.");
        if (rest is not ([] or ["reset"] or ["set", ..]))
            throw CamfxException.Usage($"'{rest[rest[0] == "reset" ? 1 : 0]}' is not understood here; write set KEY=VALUE or reset.");
        using var camera = ControlledCamera.Open(CaptureAddress.Parse(uri), new VideoDevices(), ControlStore.OfUser());
        if (rest is ["reset"]) camera.Reset();
        else if (rest.Length > 0) camera.Set(rest[1..]);

        if (json) Console.Out.Write(ControlList.Json(camera));
        else if (rest.Length == 0) Console.Out.Write(ControlList.Text(camera));
    }
}
