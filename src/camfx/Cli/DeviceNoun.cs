using System.CommandLine;
using Camfx.Configuration;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Devices;

namespace Camfx.Cli;

/// <summary><c>camfx device list|add|remove|set</c>: the devices that camfx-helper owns.</summary>
internal static class DeviceNoun
{
    private const string Keys =
        "Keys: size=WxH (or width=, height=; 1280x720 if left out), fps= (30), format= (a V4L2 fourcc: YUYV, UYVY, NV12, YU12, …; YUYV), "
        + "backend= (v4l2loopback, akvcam, v4l2-output, none; the first there is), number= (X of the first /dev/videoX; a free one from 63 downwards), "
        + "readers= (1 to 4 nodes with the same picture, for v4l2loopback 0.14 and later lets one app stream from a node; 1).";

    private const string Which = "The device: its node (/dev/video63) or its label.";

    public static Command Create() => new(
        "device",
        "Devices: nodes /dev/videoX that every app sees as cameras. They belong to camfx-helper, show a placeholder as long as no camera is on them, and stay "
        + "until they are removed or the machine ends. 'camfx run --output device' makes one itself. "
        + "Exit status: 3 when camfx-helper is not there, 4 when you may not, 5 when there is no such device.")
    {
        List(), Add(), Remove(), Set(),
    };

    private static Command List()
    {
        Option<bool> json = Json();
        var list = new Command("list", "Lists the devices of this machine: node, label, size, rate, format, backend, memory, what they do, and whose they are.") { json };
        list.SetAction(parsed =>
        {
            using Bus bus = Open();
            Print(DeviceList.Ask(bus), parsed.GetValue(json));
        });
        return list;
    }

    private static Command Add()
    {
        Option<bool> json = Json();
        Argument<string[]> words = Words("LABEL|KEY=VALUE", $"The label that apps show, '{CameraName.Default}' if left out, and what the device is to be. " + Keys);
        var add = new Command("add", "Makes a device and prints its node.") { words, json };
        add.SetAction(parsed =>
        {
            string[] typed = Checked(parsed.GetValue(words)!);
            bool named = typed.Length > 0 && !typed[0].Contains('=', StringComparison.Ordinal);
            string label = CameraName.Check(named ? typed[0] : CameraName.Default);
            DeviceWishes wishes = DeviceWishes.Parse(named ? typed[1..] : typed);
            using Bus bus = Open();
            Device1Proxy device = DeviceChange.Make(bus, label, wishes);
            if (parsed.GetValue(json)) Print([device], json: true);
            else Console.Out.WriteLine(device.Path.Length > 0 ? device.Path : device.Label);
        });
        return add;
    }

    private static Command Remove()
    {
        var name = new Argument<string>("DEVICE") { Description = Which };
        var remove = new Command("remove", "Removes a device and its nodes. Fails while an app has one open.") { name };
        remove.SetAction(parsed =>
        {
            using Bus bus = Open();
            DeviceChange.Remove(Find(bus, parsed.GetValue(name)!));
        });
        return remove;
    }

    private static Command Set()
    {
        Option<bool> json = Json();
        var name = new Argument<string>("DEVICE") { Description = Which };
        Argument<string[]> words = Words("KEY=VALUE", $"What is to be different. {Keys}");
        var set = new Command(
            "set",
            "Changes a device. A node has one size and one format for life, so it is removed and made again with the same number; a camera that is on it goes on. "
            + "Fails while an app has it open.")
        {
            name, words, json,
        };
        set.SetAction(parsed =>
        {
            DeviceWishes wishes = DeviceWishes.Parse(Checked(parsed.GetValue(words)!));
            if (wishes.IsEmpty) throw CamfxException.Usage("'set' needs at least one KEY=VALUE; see 'camfx device set --help'.");
            using Bus bus = Open();
            Device1Proxy device = DeviceChange.Replace(bus, Find(bus, parsed.GetValue(name)!), wishes);
            if (parsed.GetValue(json)) Print([device], json: true);
        });
        return set;
    }

    private static Argument<string[]> Words(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.ZeroOrMore };

    private static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    private static Bus Open() => DeviceService.Connect(Bus.OpenSystem);

    private static string[] Checked(string[] words) => Array.Find(words, static word => word.StartsWith('-')) is { } option
        ? throw CamfxException.Usage($"'{option}' is not understood here. See 'camfx device --help'.")
        : words;

    private static Device1Proxy Find(Bus bus, string name)
    {
        Device1Proxy[] found = [.. DeviceList.Ask(bus).Where(device => device.Label == name || device.Paths.Contains(name, StringComparer.Ordinal))];
        return found switch
        {
            [var only] => only,
            [] => throw new CamfxException(ExitCode.NoSuchThing, $"There is no device '{name}'; 'camfx device list' shows the ones there are."),
            _ => throw CamfxException.Usage($"'{name}' is the label of {found.Length} devices; name one by its node: {string.Join(", ", found.Select(static device => device.Path))}."),
        };
    }

    private static void Print(IReadOnlyList<Device1Proxy> devices, bool json) =>
        Console.Out.Write(json ? DeviceListing.Json(devices) : DeviceListing.Text(devices));
}
