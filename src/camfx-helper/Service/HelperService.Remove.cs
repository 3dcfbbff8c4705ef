using Camfx.DBus;
using Camfx.Helper.Authorization;
using Camfx.Helper.Devices;
using Camfx.Helper.Persistence;
using Camfx.V4L2;

namespace Camfx.Helper.Service;

// Removing devices.
internal sealed partial class HelperService
{
    private const long BarrierNs = 2_000_000_000;

    /// <summary>Remove.</summary>
    public void Remove(MethodCall call, Device device) => call.GetCredentials(who => Answering.Guard(call, () =>
    {
        uint user = who.Value.UserId;
        _polkit.Demand(call, user, PolkitAction.RemoveDevice, () =>
        {
            if (user == device.Record.Owner) RemoveUnwatched(call, device);
            else _polkit.Demand(call, user, PolkitAction.ManageOthers, () => RemoveUnwatched(call, device));
        });
    }));

    /// <summary>
    /// The service is stopped for good: no process takes the nodes over, so they go. One that an app has open stays until the machine restarts or
    /// somebody removes it, and shows at last that its camera has ended.
    /// </summary>
    public void RemoveAll()
    {
        foreach (Device device in _devices.All.ToList())
        {
            if (_leases.HolderOf(device.Record.Id) is not null) Forget(device);
            device.Detach("camfx-helper was stopped. Choose another camera.");
            (List<NodeRecord> left, VideoException? refusal) = RemoveNodes(device);
            if (left.Count == 0)
            {
                _log($"Removed {Describe(device)}: the service stops.");
                _devices.Remove(device);
                continue;
            }

            device.Record = device.Record with { Phase = DevicePhase.Ready, Nodes = left };
            _log($"{string.Join(", ", left.Select(static node => node.Path))} stays: {refusal?.Message ?? "a program has it open."}");
        }

        Save();
    }

    private void RemoveUnwatched(MethodCall call, Device device)
    {
        DemandThere(device);
        device.AskForReaders(any => Answering.Guard(call, () =>
        {
            if (any) throw BusException.Busy($"An app shows {device.Record.Nodes[0].Path}; close it, or choose another camera there.");
            RemoveNow(call, device);
        }));
    }

    private void RemoveNow(MethodCall call, Device device)
    {
        DemandThere(device);
        Forget(device);
        DeviceRecord record = device.Record;
        (List<NodeRecord> left, VideoException? refusal) = RemoveNodes(device);
        if (left.Count > 0)
        {
            string path = left[^1].Path;
            Restart(device, left);
            throw refusal is null ? BusException.Busy($"A program has {path} open ('fuser {path}' says which); close it.") : Answering.Translate(refusal);
        }

        _devices.Remove(device);
        Save();
        _bus.Objects.Remove(DeviceObject.PathOf(record.Id));
        call.Reply();
        _log($"Removed {Describe(device)}.");
    }

    /// <summary>Ends a device's writer and removes its nodes, the last one first.</summary>
    /// <returns>The nodes that stay, and why the driver refused; without a reason they are open somewhere.</returns>
    private (List<NodeRecord> Left, VideoException? Refusal) RemoveNodes(Device device)
    {
        device.Record = device.Record with { Phase = DevicePhase.Removing };
        Save();
        device.Stop(leave: false);
        for (int node = 0; node < device.Record.Nodes.Count; node++) _systemd.Remove(device.Record.NodeName(node));

        // The node stays open as long as it is kept.
        _systemd.Barrier(BarrierNs);
        List<NodeRecord> left = [.. device.Record.Nodes];
        try
        {
            while (left.Count > 0 && device.Backend.Remove(left[^1])) left.RemoveAt(left.Count - 1);
            return (left, null);
        }
        catch (VideoException failure)
        {
            return (left, failure);
        }
    }

    /// <summary>A device that could not be removed goes on with the nodes it has left.</summary>
    private void Restart(Device device, List<NodeRecord> left)
    {
        device.Record = device.Record with { Phase = DevicePhase.Ready, Nodes = left };
        Save();
        device.Start([], failure =>
        {
            if (failure is not null) _log($"{Describe(device)} cannot go on: {failure.Message}");
        });
    }
}
