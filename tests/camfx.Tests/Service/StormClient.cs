using System.Globalization;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Posix;
using Camfx.Service;

namespace Camfx.Tests.Service;

/// <summary>One client of the storm: a thread with a connection of its own, 125 calls a second as long as they are answered that fast.</summary>
internal sealed class StormClient
{
    private const long Pause = 8_000_000;

    private static readonly Dictionary<string, HashSet<string>> s_documented = DocumentedErrors.All()
        .GroupBy(pair => pair.Split('/')[0]).ToDictionary(group => group.Key, group => group.Select(pair => "org.camfx.Error." + pair.Split('/')[1]).ToHashSet());

    /// <summary>What is not there any more, or never was.</summary>
    private static readonly HashSet<string> s_gone = [BusErrors.UnknownObject, BusErrors.UnknownInterface, BusErrors.UnknownMethod, BusErrors.UnknownProperty];

    /// <summary>Members that really may fail here: a camera is under way, or gives no picture in time.</summary>
    private static readonly HashSet<string> s_mayFail = ["Camera1.Snapshot", "Camera1.Calibrate", "Camera1.OpenQueue", "Manager1.CreateCamera"];

    private readonly Bus _bus;
    private readonly Random _random;
    private readonly Thread _thread;
    private readonly long _end;

    public StormClient(Bus bus, Random random, long end)
    {
        (_bus, _random, _end) = (bus, random, end);
        _thread = new Thread(Run) { Name = "storm" };
        _thread.Start();
    }

    public int Calls { get; private set; }

    public int Refused { get; private set; }

    /// <summary>Answers that nobody documented.</summary>
    public List<string> Wrong { get; } = [];

    public void Join()
    {
        _thread.Join();
        _bus.Dispose();
    }

    private void Run()
    {
        using ManualResetEventSlim never = new();
        for (long due = MonotonicClock.Now; due < _end && MonotonicClock.Now < _end; due += Pause)
        {
            if (due > MonotonicClock.Now) never.Wait((int)((due - MonotonicClock.Now) / 1_000_000));
            CallOne();
        }
    }

    private void CallOne()
    {
        (string member, Action call) = Choose();
        Calls++;
        try
        {
            call();
        }
        catch (BusException error)
        {
            Refused++;
            bool known = s_documented.TryGetValue(member, out HashSet<string>? names) && names.Contains(error.Name);

            // Documented everywhere for a full disk, which this is not: a refusal without a name of its own would hide behind it.
            if (error.Name == BusErrors.Failed && !s_mayFail.Contains(member)) known = false;
            if (!known && !s_gone.Contains(error.Name) && !(member.StartsWith("wrong", StringComparison.Ordinal) && error.Name == BusErrors.InvalidArgs))
                Wrong.Add($"{member}: {error.Name}: {error.Message}");
        }
    }

    private (string Member, Action Call) Choose()
    {
        Camera1Proxy camera = new(_bus, ServicePaths.BusName, ServicePaths.Camera("camfx"));
        Manager1Proxy root = new(_bus, ServicePaths.BusName, ServicePaths.Root);
        Effect1Proxy effect = new(_bus, ServicePaths.BusName, ServicePaths.Effect("camfx", Any(60)));
        return _random.Next(25) switch
        {
            0 or 1 => ("Camera1.Source", () => camera.SetSource(One("test:ball", "test:bars", "test:solid?color=#123456", "test:nothing", "", "file:/nothing", "::", Text()))),
            2 => ("Camera1.Idle", () => camera.SetIdle(One("always", "on-demand", "off", Text()))),
            3 => ("Camera1.Enabled", () => camera.SetEnabled(_random.Next(3) > 0)),
            4 => ("Camera1.SetMode", () => camera.SetMode((uint)_random.Next(), 240, _random.NextDouble() * 500, Parameters())),
            5 => ("Camera1.Width", () => camera.SetWidth((uint)_random.Next(10_000))),
            6 => ("Camera1.FrameRate", () => camera.SetFrameRate(_random.Next(4) == 0 ? double.NaN : _random.NextDouble() * 300)),
            7 => ("Camera1.Name", () => camera.SetName(One("camfx", "other", "", Text()))),
            8 or 9 => ("Camera1.AddEffect", () => camera.AddEffect(Kind(), Parameters(), _random.Next(-3, 40))),
            10 or 11 => ("Camera1.SetEffects", () => camera.SetEffects([.. Enumerable.Range(0, _random.Next(6)).Select(_ => (Kind(), (IReadOnlyDictionary<string, Variant>)Parameters()))])),
            12 => ("Effect1.Move", () => effect.Move(_random.Next(-3, 10))),
            13 => ("Effect1.Remove", effect.Remove),
            14 => ("Effect1.Enabled", () => effect.SetEnabled(_random.Next(2) == 0)),
            15 => ("Effect1.Parameters", () => effect.SetParameters(Parameters())),
            16 when _random.Next(8) == 0 => ("Camera1.Snapshot", () => camera.Snapshot(One("png", "jpeg", Text()), None).Dispose()),
            17 => ("Camera1.OpenQueue", OpenQueue),
            18 when _random.Next(8) == 0 => ("Manager1.CreateCamera", () => root.CreateCamera(One("c" + Any(20), Text()), Small())),
            19 when _random.Next(4) == 0 => ("Manager1.RemoveCamera", () => root.RemoveCamera(ServicePaths.Camera("c" + Any(20)))),
            20 => ("wrong types", () => _bus.Call(_bus.NewCall(ServicePaths.BusName, ServicePaths.Camera("camfx"), Camera1Proxy.Interface, One("SetMode", "Snapshot", "AddEffect", "Text"))).Dispose()),
            21 => ("wrong type", () => SetWrongly(One("Source", "Width", "Enabled", "State", "Nothing"))),
            22 when _random.Next(8) == 0 => ("Camera1.Calibrate", () => camera.Calibrate(Parameters())),
            23 => ("objects", () => new ObjectManagerProxy(_bus, ServicePaths.BusName, ServicePaths.Root).GetManagedObjects()),
            _ => ("properties", camera.Refresh),
        };
    }

    private void OpenQueue()
    {
        Camera1Proxy camera = new(_bus, ServicePaths.BusName, ServicePaths.Camera("camfx"));
        (FileDescriptor memory, FileDescriptor control, IReadOnlyDictionary<string, Variant> properties) =
            camera.OpenQueue(new Dictionary<string, Variant> { ["format"] = One("YU12", "NV12", "YUYV", "AR24", Text()) });
        memory.Dispose();
        control.Dispose();
        ((FileDescriptor)properties["socket"].Value).Dispose();
    }

    /// <summary>A read-only property says so; of a wrong type, or one that is not there, likewise.</summary>
    private void SetWrongly(string property)
    {
        BusMessage call = _bus.NewCall(ServicePaths.BusName, ServicePaths.Camera("camfx"), "org.freedesktop.DBus.Properties", "Set");
        call.Writer.Write(Camera1Proxy.Interface);
        call.Writer.Write(property);
        call.Writer.Write((Variant)(-1L));
        try
        {
            _bus.Call(call).Dispose();
            Wrong.Add($"{property} took a number of type x");
        }
        catch (BusException error) when (property == "State" && error.Name == BusErrors.PropertyReadOnly)
        {
            Refused++;
        }
    }

    private static Dictionary<string, Variant> None => [];

    private static Dictionary<string, Variant> Small() => new()
    {
        ["source"] = "test:bars",
        ["width"] = 32u,
        ["height"] = 32u,
        ["outputs"] = Variant.Of(BusType.Array(BusType.String), ["queue"]),
    };

    private string Kind() => One("mirror", "flip", "brightness", "crop", "rotate", "text", "nothing", Text());

    private Dictionary<string, Variant> Parameters()
    {
        Dictionary<string, Variant> parameters = [];
        for (int i = _random.Next(3); i > 0; i--)
            parameters[One("value", "contrast", "enabled", "x", "when", Text())] = _random.Next(4) switch { 0 => _random.Next(), 1 => _random.NextDouble() * 100, 2 => true, _ => Text() };
        return parameters;
    }

    private string Any(int below) => _random.Next(below).ToString(CultureInfo.InvariantCulture);

    private string One(params ReadOnlySpan<string> words) => words[_random.Next(words.Length)];

    /// <summary>Characters of all kinds that D-Bus lets through.</summary>
    private string Text()
    {
        char[] text = new char[_random.Next(_random.Next(20) == 0 ? 6000 : 40)];
        for (int i = 0; i < text.Length; i++) text[i] = (char)_random.Next(1, _random.Next(2) == 0 ? 0x80 : 0xd7ff);
        return new string(text);
    }
}
