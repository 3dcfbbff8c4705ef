using Camfx.DBus;
using Camfx.Helper.Authorization;
using Camfx.Helper.Backends;
using Camfx.Helper.Devices;
using Camfx.Helper.Persistence;
using Camfx.V4L2;

namespace Camfx.Helper.Service;

// Making devices.
internal sealed partial class HelperService
{
    /// <summary>Numbers are tried again when somebody else takes one between the look and the making.</summary>
    private const int Attempts = 3;

    /// <summary>CreateDevice.</summary>
    public void Create(MethodCall<ObjectPath> call, DeviceRequest request) => call.GetCredentials(who => Answering.Guard(call, () =>
    {
        uint user = who.Value.UserId;
        _polkit.Demand(call, user, PolkitAction.CreateDevice, () =>
        {
            if (Quota.WhyNot(_devices.NodeOwners, user, request.Readers) is { } why) throw BusException.LimitReached(why);
            (IBackend backend, BackendState state) = ChooseBackend(request.Backend);
            if (state.NeedsModule) LoadModule(call, user, () => Begin(call, user, request, backend, Attempts));
            else Begin(call, user, request, backend, Attempts);
        });
    }));

    private (IBackend Backend, BackendState State) ChooseBackend(string? wanted)
    {
        List<string> reasons = [];
        foreach (IBackend backend in _backends)
        {
            if (wanted is null ? !backend.IsDefault : backend.Name != wanted) continue;
            BackendState state = backend.Look();
            if (state.Available) return (backend, state);
            reasons.Add(state.Why);
        }

        if (reasons.Count > 0) throw BusException.Unsupported(string.Join(" ", reasons));
        throw BusException.InvalidArgument($"The backend is unknown; {string.Join(", ", _backends.Select(static backend => backend.Name))} are known.");
    }

    private void LoadModule(IncomingCall call, uint user, Action loaded) => _polkit.Demand(call, user, PolkitAction.LoadModule, () =>
        _modules.Load(failure => Answering.Guard(call, () =>
        {
            if (failure is not null) throw BusException.Failed(failure);
            if (LoopbackVersions.Loaded() is { } version && !LoopbackVersions.HasControl(version))
            {
                ShowBackends();
                loaded();
                return;
            }

            NodeWait.Begin(_loop, [LoopbackControl.DefaultPath], trouble => Answering.Guard(call, () =>
            {
                RestartIfTooOld(trouble);
                ShowBackends();
                loaded();
            }));
        })));

    /// <summary>
    /// systemd decides when a service starts which devices it may use. The control node that came later is for the next process, which systemd starts at
    /// once.
    /// </summary>
    private void RestartIfTooOld(VideoException? trouble)
    {
        if (trouble?.Errno != Posix.Errno.EPERM || File.GetLastWriteTimeUtc(LoopbackControl.DefaultPath) < _started.UtcDateTime) return;
        _loop.Stop();

        // Without the name first: a call that is made again at once then waits for the next process.
        _bus.ReleaseName(BusName);
        throw new BusException(BusErrors.NoReply, "v4l2loopback was loaded, and the helper starts anew to be allowed to use it; call again.");
    }

    private void Begin(MethodCall<ObjectPath> call, uint user, DeviceRequest request, IBackend backend, int attempts)
    {
        // Again, for calls that were asked about in the meantime have been answered too.
        if (Unclaimed(user, request) is { } left)
        {
            left.IsUnclaimed = false;
            call.Reply(DeviceObject.PathOf(left.Record.Id));
            return;
        }

        if (Quota.WhyNot(_devices.NodeOwners, user, request.Readers) is { } why) throw BusException.LimitReached(why);
        DeviceRecord record = new()
        {
            Id = _devices.TakeId(),
            Label = request.Label,
            Backend = backend.Name,
            Owner = user,
            Mode = request.Mode,
            Nodes = backend.Choose(request, _devices.Numbers),
            Phase = DevicePhase.Making,
        };
        Device device = new(record, backend, _loop.Post) { Keeper = _systemd };

        // Written down before it is made: a process killed in between leaves no node that nobody knows.
        _devices.Add(device);
        Save();
        int made = 0;
        try
        {
            for (; made < device.Record.Nodes.Count; made++) backend.Make(device.Record, made);
        }
        catch (Exception failure)
        {
            Undo(device, made);
            RestartIfTooOld(failure as VideoException);
            if (attempts > 1 && request.Number is null && failure is VideoException { Failure: VideoFailure.Busy })
                Begin(call, user, request, backend, attempts - 1);
            else throw;
            return;
        }

        NodeWait.Begin(_loop, [.. device.Record.Nodes.Select(static node => node.WritePath)], trouble => Answering.Guard(call, () =>
        {
            if (trouble is not null)
            {
                Undo(device, made);
                throw trouble;
            }

            device.Start([], failure => Answering.Guard(call, () => Finish(call, device, failure)));
        }));
    }

    private void Finish(MethodCall<ObjectPath> call, Device device, Exception? failure)
    {
        if (failure is not null)
        {
            device.Stop(leave: false);
            Undo(device, device.Record.Nodes.Count);
            throw failure;
        }

        device.Record = device.Record with { Phase = DevicePhase.Ready };
        Save();
        Export(device);
        call.Reply(DeviceObject.PathOf(device.Record.Id));
        _log($"Made {Describe(device)} for user {device.Record.Owner}.");
    }

    /// <summary>Removes what was made of a device that nobody was told of.</summary>
    private void Undo(Device device, int made)
    {
        for (int node = 0; node < made; node++)
        {
            _systemd.Remove(device.Record.NodeName(node));
            _systemd.Barrier(BarrierNs);
            try
            {
                if (!device.Backend.Remove(device.Record.Nodes[node])) _log($"{device.Record.Nodes[node].Path} stays: it is open somewhere.");
            }
            catch (VideoException failure)
            {
                _log($"{device.Record.Nodes[node].Path} stays: {failure.Message}");
            }
        }

        _devices.Remove(device);
        Save();
    }

    /// <summary>A device that was being made when the process before was killed: its maker, who got no answer, asks again.</summary>
    private Device? Unclaimed(uint user, DeviceRequest request) => _devices.All.FirstOrDefault(device =>
        device.IsUnclaimed && device.Record.Owner == user && device.Record.Label == request.Label && device.Record.Mode == request.Mode
        && device.Record.Nodes.Count == request.Readers && (request.Backend is null || request.Backend == device.Record.Backend)
        && (request.Number is null || request.Number == device.Record.Nodes[0].Number));

    private static string Describe(Device device) =>
        $"device {device.Record.Id} '{device.Record.Label}' ({device.Record.Backend}{string.Concat(device.Record.Nodes.Select(static node => " " + node.Path))})";
}
