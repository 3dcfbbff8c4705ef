using Camfx.Frames.Queue;
using Camfx.Helper.Backends;
using Camfx.Helper.Devices;
using Camfx.Helper.Leases;
using Camfx.Helper.Persistence;
using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Helper.Service;

// Going on where the process before was ended or killed.
internal sealed partial class HelperService
{
    /// <summary>Takes every device over that is still there; before <see cref="Offer"/>.</summary>
    /// <param name="kept">The descriptors that were kept; emptied.</param>
    public void Restore(Dictionary<string, FileDescriptor> kept)
    {
        RuntimeState state = _file.Read(out string? complaint);
        if (complaint is not null) _log(complaint);
        _devices.Continue(state.NextId);
        foreach (DeviceRecord record in state.Devices)
        {
            IBackend? backend = _backends.FirstOrDefault(backend => backend.Name == record.Backend);
            if (backend is null || _devices.Find(record.Id) is not null || record.Mode.Format == Frames.PixelFormat.Unknown) continue;
            if (record.Phase == DevicePhase.Removing) FinishRemoving(record, backend);
            else TakeOver(record, backend, kept);
        }

        foreach ((string name, FileDescriptor descriptor) in kept)
        {
            // Of a device that is gone, or of a queue whose program is: nobody will ask for it again.
            _systemd.Remove(name);
            descriptor.Dispose();
        }

        kept.Clear();
        Save();
    }

    private void FinishRemoving(DeviceRecord record, IBackend backend)
    {
        for (int node = 0; node < record.Nodes.Count; node++)
        {
            _systemd.Remove(record.NodeName(node));
            if (!backend.Exists(record, node)) continue;
            try
            {
                if (!backend.Remove(record.Nodes[node])) _log($"{record.Nodes[node].Path} stays: it is open somewhere.");
            }
            catch (VideoException failure)
            {
                _log($"{record.Nodes[node].Path} stays: {failure.Message}");
            }
        }
    }

    private void TakeOver(DeviceRecord record, IBackend backend, Dictionary<string, FileDescriptor> kept)
    {
        List<int> there = [.. Enumerable.Range(0, record.Nodes.Count).Where(node => backend.Exists(record, node))];
        if (there.Count < record.Nodes.Count)
        {
            // The module was unloaded, or the process was killed between two nodes: a part of a device is none.
            _log($"Device {record.Id} '{record.Label}' is gone: {record.Nodes.Count - there.Count} of its nodes are not there.");
            for (int node = 0; node < record.Nodes.Count; node++)
                if (kept.Remove(record.NodeName(node), out FileDescriptor? file)) file.Dispose();
            FinishRemoving(record, backend);
            return;
        }

        Device device = new(record with { Phase = DevicePhase.Ready, AttachedBy = null }, backend, _loop.Post)
        {
            Keeper = _systemd,
            IsUnclaimed = record.Phase == DevicePhase.Making,
        };
        _devices.Add(device);
        Export(device);
        PassedQueue? passed = record.AttachedBy is null ? null : TakeKept(record, kept);
        device.Start(kept, failure =>
        {
            if (failure is null)
            {
                if (passed is not null) AttachAgain(device, record, passed);
                return;
            }

            passed?.CloseAll();
            _log($"{Describe(device)} cannot be taken over: {failure.Message}");
        });
    }

    private static PassedQueue? TakeKept(DeviceRecord record, Dictionary<string, FileDescriptor> kept)
    {
        if (!kept.Remove(record.QueueName, out FileDescriptor? memory)) return null;
        if (!kept.Remove(record.ControlName, out FileDescriptor? control))
        {
            memory.Dispose();
            return null;
        }

        kept.Remove(record.SocketName, out FileDescriptor? socket);
        List<FileDescriptor> dmaBufs = [];
        for (int slot = 0; slot < record.DmaBufs && kept.Remove(record.DmaBufName(slot), out FileDescriptor? dmaBuf); slot++) dmaBufs.Add(dmaBuf);
        return new PassedQueue(memory, control, socket, [.. dmaBufs]);
    }

    /// <summary>The queue of the process before, if the program behind it is still on the bus: the watch on its name says so.</summary>
    private void AttachAgain(Device device, DeviceRecord record, PassedQueue passed)
    {
        AttachedQueue queue;
        try
        {
            queue = AttachedQueue.Open(passed.Memory, passed.Control, passed.Socket, passed.DmaBufs, record.Mode);
        }
        catch (Exception failure) when (failure is QueueException or PosixException)
        {
            passed.CloseAll();
            _log($"The queue of {Describe(device)} is lost: {failure.Message}");
            return;
        }

        passed.CloseHandles();
        device.Record = device.Record with { AttachedBy = record.AttachedBy, DmaBufs = record.DmaBufs, Memory = record.Memory };
        _leases.TryTake(new Lease(record.Id, record.AttachedBy!));
        Watch(record.AttachedBy!);
        device.Attach(queue, record.Memory, refusal =>
        {
            if (refusal is null) return;
            _log($"The queue of {Describe(device)} is lost: {refusal}");
            Forget(device);
        });
        Save();
    }
}
