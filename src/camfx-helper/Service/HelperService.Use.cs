using Camfx.DBus;
using Camfx.Frames.Queue;
using Camfx.Helper.Authorization;
using Camfx.Helper.Devices;
using Camfx.Helper.Leases;
using Camfx.Helper.Persistence;
using Camfx.Posix;

namespace Camfx.Helper.Service;

// Attaching, detaching.
internal sealed partial class HelperService
{
    /// <summary>Attach. The descriptors are the service's.</summary>
    public void Attach(MethodCall call, Device device, PassedQueue passed, MemoryWish wish) => call.GetCredentials(who => Guard(call, passed, () =>
    {
        uint user = who.Value.UserId;
        if (user == device.Record.Owner) TakeQueue(call, device, passed, wish);
        else _polkit.Demand(call, user, PolkitAction.ManageOthers, () => Guard(call, passed, () => TakeQueue(call, device, passed, wish)));
    }));

    /// <summary>Detach.</summary>
    public void Detach(MethodCall call, Device device)
    {
        DemandThere(device);
        if (_leases.HolderOf(device.Record.Id) is { } holder)
        {
            if (holder != call.Sender) throw BusException.NotPermitted("Another program has attached the queue; it lets go of it itself, or when it ends.");
            device.Detach(null);
            Forget(device);
        }

        call.Reply();
    }

    private static void Guard(IncomingCall call, PassedQueue passed, Action work) => Answering.Guard(call, () =>
    {
        try
        {
            work();
        }
        catch
        {
            passed.CloseAll();
            throw;
        }
    });

    private void TakeQueue(MethodCall call, Device device, PassedQueue passed, MemoryWish wish)
    {
        DemandThere(device);
        int id = device.Record.Id;
        if (_leases.HolderOf(id) is { } other && other != call.Sender)
            throw BusException.Busy("Another program has attached a queue to this device; stop that one, or make another device.");
        AttachedQueue queue;
        try
        {
            queue = AttachedQueue.Open(passed.Memory, passed.Control, passed.Socket, passed.DmaBufs, device.Record.Mode);
        }
        catch (QueueException failure) when (failure.Error == QueueError.UnsupportedVersion)
        {
            throw BusException.Unsupported(failure.Message);
        }
        catch (Exception failure) when (failure is QueueException or PosixException)
        {
            throw BusException.InvalidArgument(failure.Message);
        }

        _leases.TryTake(new Lease(id, call.Sender));
        Watch(call.Sender);
        DeviceRecord record = device.Record with { AttachedBy = call.Sender, DmaBufs = passed.DmaBufs.Length, Memory = wish };
        Keep(record, passed);
        passed.CloseHandles();
        device.Attach(queue, wish, refusal => Answering.Guard(call, () =>
        {
            if (refusal is not null)
            {
                Forget(device);
                throw BusException.Unsupported(refusal);
            }

            // The caller may have left in the meantime.
            if (_leases.HolderOf(id) == call.Sender)
            {
                device.Record = record;
                Save();
            }

            call.Reply();
        }));
    }

    private void Keep(DeviceRecord record, PassedQueue passed)
    {
        _systemd.Store(record.QueueName, passed.Memory);
        _systemd.Store(record.ControlName, passed.Control);
        if (passed.Socket is not null) _systemd.Store(record.SocketName, passed.Socket);
        else _systemd.Remove(record.SocketName);
        for (int slot = 0; slot < passed.DmaBufs.Length; slot++) _systemd.Store(record.DmaBufName(slot), passed.DmaBufs[slot]);
    }

    /// <summary>A device's queue is gone: so is the lease, and what was kept of it.</summary>
    private void Forget(Device device)
    {
        _leases.Release(device.Record.Id);
        DeviceRecord record = device.Record;
        _systemd.Remove(record.QueueName);
        _systemd.Remove(record.ControlName);
        _systemd.Remove(record.SocketName);
        for (int slot = 0; slot < record.DmaBufs; slot++) _systemd.Remove(record.DmaBufName(slot));
        device.Record = record with { AttachedBy = null, DmaBufs = 0 };
        Save();
        Unwatch();
    }

    /// <summary>Hears when a bus name goes, which never comes back.</summary>
    private void Watch(string name)
    {
        if (_watchedNames.ContainsKey(name)) return;
        _watchedNames.Add(name, _bus.WatchName(name, owner =>
        {
            if (owner is not null) return;
            foreach (int id in _leases.ReleaseAll(name))
            {
                if (_devices.Find(id) is not { } device) continue;
                device.Detach("The program behind this camera has ended. Start camfx to see its picture here.");
                Forget(device);
            }

            Unwatch();
        }));
    }

    private void Unwatch()
    {
        HashSet<string> holders = [.. _leases.Holders];
        foreach (string name in _watchedNames.Keys.Where(name => !holders.Contains(name)).ToList())
        {
            _watchedNames.Remove(name, out IDisposable? watch);

            // Not in the middle of its own callback.
            _loop.Post(() => watch?.Dispose());
        }
    }

    private void DemandThere(Device device)
    {
        if (_devices.Find(device.Record.Id) != device) throw BusException.NotFound("The device was removed.");
    }
}
