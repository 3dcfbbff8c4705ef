using Camfx.DBus;
using Camfx.Helper.Devices;
using Camfx.Helper.Persistence;
using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Helper.Backends;

/// <summary>v4l2loopback: nodes are made and removed through its control node; with 0.12 those that the module made when it was loaded are used.</summary>
internal sealed class LoopbackBackend(LoopbackSystem system) : IBackend
{
    /// <summary>What Chromium and PipeWire get, whatever they ask for; four are enough that no reader is overtaken.</summary>
    private const int Buffers = 4;

    /// <summary>Every program that only looks counts while it looks.</summary>
    private const int MaxOpeners = 64;

    private const string WhyWrite = "mmap: it copies as often, and its buffers would stay mapped";

    public string Name => "v4l2loopback";

    public bool IsDefault => true;

    public BackendState Look()
    {
        if (system.Version is not { } version)
        {
            return system.IsInstalled switch
            {
                true => new BackendState(true, true, "v4l2loopback is installed; it is loaded with the first device."),
                null => new BackendState(true, true, "v4l2loopback is not loaded; it is loaded with the first device, if it is installed."),
                _ => new BackendState(false, true, $"The kernel {system.Kernel} has no module v4l2loopback; install v4l2loopback-dkms and linux-headers-{system.Kernel}."),
            };
        }

        if (LoopbackVersions.WhyNot(version, system.Kernel) is { } why) return new BackendState(false, false, why);
        return HasControl && system.IsControlForeign
            ? new BackendState(true, true, $"v4l2loopback {version} was loaded before camfx-helper was installed; it gets its control device with the first device.")
            : new BackendState(true, false, $"v4l2loopback {version}");
    }

    public IReadOnlyList<NodeRecord> Choose(DeviceRequest request, IReadOnlySet<int> taken)
    {
        if (!HasControl) return ChooseMade(request, taken);
        HashSet<int> all = [.. taken, .. system.Numbers()];
        IReadOnlyList<int>? numbers = NodeNumbers.Choose(all, request.Readers, request.Number);
        if (numbers is null)
        {
            throw request.Number is { } wanted && all.Contains(wanted)
                ? BusException.Busy($"/dev/video{wanted} exists already; choose another number, or none.")
                : BusException.LimitReached($"There are not {request.Readers} free numbers below {NodeNumbers.Highest + 1}; remove devices that are not needed.");
        }

        return [.. numbers.Select(number => new NodeRecord(number, $"/dev/video{number}", $"/dev/video{number}", Made: true))];
    }

    public void Make(DeviceRecord device, int node)
    {
        NodeRecord record = device.Nodes[node];
        if (!record.Made) return;
        using LoopbackControl control = system.OpenControl();
        control.Add(new LoopbackConfig(
            DeviceLabel.OfNode(device.Label, node), record.Number, device.Mode.Width, device.Mode.Height, Buffers, MaxOpeners, ExclusiveCaps: true));
    }

    public bool Remove(NodeRecord node)
    {
        if (!node.Made) return true;
        using LoopbackControl control = system.OpenControl();
        try
        {
            return control.Remove(node.Number);
        }
        catch (VideoException gone) when (gone.Failure == VideoFailure.NotFound)
        {
            return true;
        }
    }

    public bool Exists(DeviceRecord device, int node)
    {
        NodeRecord record = device.Nodes[node];
        return system.NameOf(record.Number) == (record.Made ? DeviceLabel.OfNode(device.Label, node) : system.NameOf(record.Number))
            && system.NameOf(record.Number) is not null;
    }

    public INodeOutput Open(DeviceRecord device, int node, FileDescriptor? kept)
    {
        IVideoFile file = system.OpenNode(device.Nodes[node].WritePath, kept);
        try
        {
            if (kept is null && AbandonedLoopback.Revive(file))
            {
                file.Dispose();
                file = system.OpenNode(device.Nodes[node].WritePath, kept);
            }

            VideoOutputOptions options = new() { Memory = MemoryChoice.Force(MemoryType.ReadWrite), Buffers = Buffers, Resume = kept is not null };
            VideoOutput output = VideoOutput.Open(file, OutputModes.Of(device.Mode), options);
            UsageEvents? events = UsageEvents.TrySubscribe(file);
            bool watched = false;
            return new VideoNodeOutput(file, output, events is null ? static () => null : Read, WhyWrite);

            bool? Read()
            {
                if (events.TryRead(out bool now)) watched = now;
                return watched;
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private bool HasControl => system.Version is { } version && LoopbackVersions.HasControl(version);

    /// <summary>0.12 makes nodes only when it is loaded: those with a name of camfx's are handed out.</summary>
    private List<NodeRecord> ChooseMade(DeviceRequest request, IReadOnlySet<int> taken)
    {
        List<NodeRecord> free = [.. system.Numbers().Where(number => !taken.Contains(number) && IsOurs(number)).OrderDescending()
            .Select(number => new NodeRecord(number, $"/dev/video{number}", $"/dev/video{number}", Made: false))];
        if (request.Number is { } wanted) free = [.. free.Where(node => node.Number == wanted), .. free.Where(node => node.Number != wanted)];
        if (free.Count < request.Readers || (request.Number is { } number && free[0].Number != number))
        {
            throw BusException.Unsupported(
                $"v4l2loopback {system.Version} makes nodes only when it is loaded, and none is free; "
                + "list more in /etc/camfx/devices.conf and restart the machine, or install v4l2loopback 0.13 or later.");
        }

        // The label is the module's; one that fits is taken before others.
        return [.. free.OrderBy(node => node.Number == request.Number ? 0 : system.NameOf(node.Number) == request.Label ? 1 : 2).Take(request.Readers)];
    }

    private bool IsOurs(int number) =>
        system.IsLoopback(number) && system.NameOf(number) is { } name && (name == "camfx" || name.StartsWith("camfx ", StringComparison.Ordinal));
}
