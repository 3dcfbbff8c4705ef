using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Service.State;
using Camfx.Sources.Camera;
using Camfx.Sources.PipeWire;

namespace Camfx.Service.Objects;

/// <summary>The object /org/camfx/Camfx1.</summary>
/// <remarks>Thread-bound to the bus's thread.</remarks>
internal sealed class RootObject(ServiceBus bus, CameraTable table) : Manager1Server
{
    public override string Version => ProgramVersion.Text;

    // Each camera is asked what it can do, and PipeWire what it has, which takes its time: not on the bus's thread.
    protected override void ListSources(MethodCall<(string Uri, string Title, IReadOnlyDictionary<string, Variant> Details)[]> call) =>
        ThreadPool.UnsafeQueueUserWorkItem(_ =>
        {
            try
            {
                IReadOnlyList<CameraEntry> cameras = CameraEntry.List(new VideoDevices());
                IReadOnlyList<NodeEntry> nodes = NodeEntry.List();
                bus.Post(() => call.Reply([.. Listings.Sources(cameras, nodes)]));
            }
            catch (Exception failure)
            {
                bus.Post(() => call.Fail(BusException.Failed($"The cameras of this machine could not be looked at: {failure.Message}")));
            }
        }, null);

    protected override void ListEffectKinds(MethodCall<(string Kind, string Description, IReadOnlyDictionary<string, Variant> Details)[]> call) =>
        call.Reply([.. Listings.EffectKinds()]);

    protected override void CreateCamera(MethodCall<ObjectPath> call, string title, IReadOnlyDictionary<string, Variant> options)
    {
        CameraRecord record = CameraWish.Read(title, options);
        table.Create(record, failure => bus.Post(() =>
        {
            bus.Show();
            if (failure is null) call.Reply(ServicePaths.Camera(record.Id));
            else call.Fail(ServiceErrors.Of(failure));
        }));
    }

    protected override void RemoveCamera(MethodCall call, ObjectPath camera)
    {
        CameraSession session = bus.Find(camera) ?? throw BusException.NotFound($"There is no camera {camera}.");
        table.Remove(session, failure => bus.Post(() =>
        {
            bus.Show();
            ServiceBus.Answer(call, failure);
        }));
    }

    protected override bool Invoke(string member, IncomingCall call) => ServiceErrors.Named(() => base.Invoke(member, call));

    protected override PropertyAccess Set(string name, Variant value, MethodCall call) => ServiceErrors.Named(() => base.Set(name, value, call));
}
