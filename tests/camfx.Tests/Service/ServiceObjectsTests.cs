using System.Xml.Linq;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Posix;
using Camfx.Service;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Service;

/// <summary>The objects of the built service, as clients of any language see them.</summary>
public sealed class ServiceObjectsTests : IDisposable
{
    private readonly ServiceFixture _on = new();

    private static Dictionary<string, Variant> None => [];

    public void Dispose() => _on.Dispose();

    [SkippableFact]
    public void Introspection_is_the_XML()
    {
        (string Name, string Path)[] objects =
        [
            ("Manager1", ServicePaths.Root), ("Camera1", "/org/camfx/Camfx1/cameras/camfx"), ("Output1", "/org/camfx/Camfx1/cameras/camfx/outputs/1"), ("Effect1", Effect("2")),
        ];
        foreach ((string name, string path) in objects)
        {
            using BusMessage reply = _on.Bus.Call(_on.Bus.NewCall(ServicePaths.BusName, path, "org.freedesktop.DBus.Introspectable", "Introspect"));
            XElement told = XDocument.Parse(reply.Read().ReadString()).Root!.Elements("interface").Single(element => element.Attribute("name")!.Value == $"org.camfx.{name}");
            Assert.True(XNode.DeepEquals(DocumentedErrors.File(name), told), told.ToString());
        }
    }

    [SkippableFact]
    public async Task Busctl_shows_every_member_of_a_camera()
    {
        BuiltCamfx.Result shown = await _on.BusctlAsync("introspect", ServicePaths.BusName, "/org/camfx/Camfx1/cameras/camfx", "org.camfx.Camera1");
        Assert.Equal((0, ""), (shown.ExitCode, shown.Errors));
        IEnumerable<string> members = DocumentedErrors.File("Camera1").Elements().Where(element => element.Name == "method" || element.Name == "property")
            .Select(element => $".{element.Attribute("name")!.Value} {element.Name.LocalName}");
        Assert.Equal(members.Order(StringComparer.Ordinal), shown.Output.Split('\n').Where(static line => line.StartsWith('.'))
            .Select(static line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2])).Order(StringComparer.Ordinal));
        Assert.Matches(@"\.Source +property +s +""test:counter"" +emits-change writable", shown.Output);
    }

    [SkippableFact]
    public void What_is_set_is_read_and_told()
    {
        Camera1Proxy camera = _on.Camera;
        int told = 0;
        camera.Follow(() => told++);
        camera.SetSource("test:ball");
        camera.SetIdle("off");
        camera.SetEnabled(false);
        camera.SetMode(160, 120, 29.97, None);
        camera.SetWidth(352);
        camera.SetHeight(288);
        camera.SetFrameRate(15);
        camera.SetName("my camera");
        Waiting.Until(_on.Bus, () => camera.Name == "my camera", "the name's change");

        // Nothing was asked for: all of it was told.
        Assert.Equal(("test:ball", "off", false, 352u, 288u, 15.0), (camera.Source, camera.Idle, camera.Enabled, camera.Width, camera.Height, camera.FrameRate));
        Assert.True(told >= 8, $"told {told} times");
        Assert.True(File.Exists(Path.Combine(_on.Service.Folder, "runtime/camfx/queues/my camera")), "the output does not have the new name");
        Assert.Equal("/org/camfx/Camfx1/cameras/camfx", Cameras());
    }

    [SkippableFact]
    public void A_chain_is_changed_one_by_one_and_as_a_whole()
    {
        ObjectPath added = _on.Camera.AddEffect("crop", new Dictionary<string, Variant> { ["x"] = 10, ["width"] = "50%" }, 0);
        Assert.Equal([added.Text, Effect("1"), Effect("2")], Chain());
        _on.Effect.Move(0);
        _on.Effect.SetEnabled(false);
        _on.Effect.SetParameters(new Dictionary<string, Variant> { ["contrast"] = 1.5 });
        Assert.Equal([Effect("2"), added.Text, Effect("1")], Chain());
        _on.Effect.Refresh();
        Assert.Equal((false, "1.5", 1, 0.0), (_on.Effect.Enabled, _on.Effect.Parameters["contrast"].Get(BusType.String), _on.Effect.Parameters.Count, _on.Effect.Cost));

        // The same mirror is the same object; flip is new; what is not named goes.
        _on.Camera.SetEffects([("flip", new Dictionary<string, Variant> { ["enabled"] = false }), ("mirror", None)]);
        Assert.Equal([Effect("4"), Effect("1")], Chain());
        Assert.Equal(BusErrors.UnknownObject, Assert.Throws<BusException>(_on.Effect.Remove).Name);

        // One that is refused leaves all as they are.
        Assert.Throws<BusException>(() => _on.Camera.SetEffects([("mirror", None), ("mirror", new Dictionary<string, Variant> { ["nothing"] = 1 })]));
        Assert.Equal([Effect("4"), Effect("1")], Chain());
    }

    [SkippableFact]
    public void Outputs_come_and_go()
    {
        _on.Output.Refresh();
        Assert.Equal(("queue", "listening", false), (_on.Output.Kind, _on.Output.State, _on.Output.Watched));
        Assert.True(File.Exists(_on.Output.Target), $"nothing is at '{_on.Output.Target}'");
        using FrameQueueConnection watcher = _on.Service.Watch();
        FrameLease before = Waiting.Next(watcher, 0);
        ObjectPath none = _on.Camera.AddOutput("none");
        FrameLease after = Waiting.Next(watcher, before.Sequence);
        Assert.True(watcher.Reader.Release(before) && watcher.Reader.Release(after));
        Waiting.Until(_on.Bus, () => Consumers().Length == 1, "the consumer");
        _on.Output.Remove();
        Waiting.Until(_on.Bus, () => Consumers().Length == 0, "its end");
        _on.Camera.Refresh();
        Assert.Equal([none.Text], _on.Camera.Outputs.Select(path => path.Text));
        Assert.Equal(BusErrors.UnknownObject, Assert.Throws<BusException>(_on.Output.Remove).Name);
    }

    [SkippableFact]
    public void Cameras_come_and_go_with_everything_below_them()
    {
        using ObjectManagerProxy objects = new(_on.Bus, ServicePaths.BusName, ServicePaths.Root);
        List<string> told = [];
        objects.Follow((path, _) => told.Add("+" + path.Text), (path, _) => told.Add("-" + path.Text));
        ObjectPath made = _on.Root.CreateCamera("zwei", new Dictionary<string, Variant>
        {
            ["source"] = "test:bars",
            ["width"] = 64u,
            ["height"] = 64u,
            ["outputs"] = Variant.Of(BusType.Array(BusType.String), ["queue"]),
            ["effects"] = Variant.Of(BusType.Array(BusType.Struct(BusType.String, BusType.Options)), [("mirror", None)]),
        });
        string[] paths = [made.Text, made.Text + "/effects/1", made.Text + "/outputs/1"];
        Assert.Equal(paths, objects.GetManagedObjects().Keys.Select(path => path.Text).Where(path => path.StartsWith(made.Text, StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        _on.Root.RemoveCamera(made);
        Waiting.Until(_on.Bus, () => told.Count == 6, "the news of both");
        Assert.Equal(paths.SelectMany(path => (string[])["+" + path, "-" + path]).Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
        Assert.Equal("/org/camfx/Camfx1/cameras/camfx", Cameras());
    }

    [SkippableFact]
    public unsafe void A_picture_of_an_idle_camera_is_a_sealed_file()
    {
        foreach ((string format, byte first) in (ReadOnlySpan<(string, byte)>)[("png", 0x89), ("jpeg", 0xff)])
        {
            using FileDescriptor picture = _on.Camera.Snapshot(format, None);
            using MemoryMapping bytes = MemoryMapping.Map(picture, 0, FileStatus.Of(picture).Size, MapAccess.Read);
            Assert.Equal(first, *bytes.Address);
            Assert.True(Memfd.GetSeals(picture).HasFlag(Seals.Write), "it can be written");
        }
    }

    [SkippableFact]
    public void A_queue_that_was_opened_over_the_bus_is_watched_until_it_is_closed()
    {
        (FileDescriptor memory, FileDescriptor control, IReadOnlyDictionary<string, Variant> properties) = _on.Camera.OpenQueue(new Dictionary<string, Variant> { ["format"] = "NV12" });
        Assert.Equal((320u, 240u, "NV12", 30.0), (properties["width"].Value, properties["height"].Value, properties["format"].Value, properties["fps"].Value));
        using (FrameQueueConnection connection = FrameQueueConnection.Adopt(memory, control, (FileDescriptor)properties["socket"].Value, QueueLimits.Default))
        {
            foreach (FileDescriptor descriptor in (FileDescriptor[])[memory, control, (FileDescriptor)properties["socket"].Value]) descriptor.Dispose();
            FrameLease frame = Waiting.Next(connection, 0);
            Assert.Equal(PixelFormat.Nv12, frame.View.Format);
            connection.Reader.Release(frame);
            Waiting.Until(_on.Bus, () => Consumers().SequenceEqual([("queue", (uint)Environment.ProcessId)]), "the consumer");
        }

        Waiting.Until(_on.Bus, () => Consumers().Length == 0, "its end");
    }

    [SkippableFact]
    public async Task Busctl_changes_the_source_while_somebody_watches()
    {
        using FrameQueueConnection watcher = _on.Service.Watch();
        FrameLease before = Waiting.Next(watcher, 0);
        CounterPicture.Number(before.View);
        watcher.Reader.Release(before);

        BuiltCamfx.Result set = await _on.BusctlAsync(
            "set-property", ServicePaths.BusName, "/org/camfx/Camfx1/cameras/camfx", "org.camfx.Camera1", "Source", "s", "test:solid?color=#ffffff");

        Assert.Equal((0, ""), (set.ExitCode, set.Errors));
        ulong last = before.Sequence;
        bool changed = false;
        for (int i = 0; i < 60 && !changed; i++)
        {
            FrameLease frame = Waiting.Next(watcher, last);
            Assert.True(frame.Flags == FrameFlags.None && frame.Sequence > last, $"frame {frame.Sequence} after {last} is {frame.Flags}");
            changed = CounterPicture.Luma(frame.View, 200) == 235;
            if (!changed) CounterPicture.Number(frame.View);
            last = frame.Sequence;
            Assert.True(watcher.Reader.Release(frame));
        }

        Assert.True(changed, "the new source is not in the picture after 60 frames");
    }

    [SkippableFact]
    public void What_there_is_to_make_cameras_of_is_listed()
    {
        Assert.Contains(_on.Root.ListSources(), source => source.Details["kind"].Get(BusType.String) == "test");
        (string _, string description, IReadOnlyDictionary<string, Variant> details) = _on.Root.ListEffectKinds().Single(kind => kind.Kind == "brightness");
        Assert.NotEmpty(description);
        var keys = details["keys"].Get(BusType.Dictionary(BusType.String, BusType.Options));
        Assert.True(keys["value"]["least"].Get(BusType.Double) < keys["value"]["most"].Get(BusType.Double));
        _on.Root.Refresh();
        Assert.Matches(@"^\d+\.\d+", _on.Root.Version);
    }

    private static string Effect(string id) => ServicePaths.Effect("camfx", id).Text;

    private (string, uint)[] Consumers()
    {
        _on.Camera.Refresh();
        return [.. _on.Camera.Consumers.Select(consumer => (consumer.Output, consumer.Pid))];
    }

    private string[] Chain()
    {
        _on.Camera.Refresh();
        return [.. _on.Camera.Effects.Select(path => path.Text)];
    }

    private string Cameras()
    {
        _on.Root.Refresh();
        return string.Join(' ', _on.Root.Cameras.Select(path => path.Text));
    }
}
