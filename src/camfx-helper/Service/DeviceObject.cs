using System.Globalization;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Helper.Devices;
using Camfx.Posix;

namespace Camfx.Helper.Service;

/// <summary>The object of one device.</summary>
/// <remarks>Thread-bound to the bus's thread.</remarks>
internal sealed class DeviceObject : Device1Server
{
    private readonly HelperService _service;
    private readonly Device _device;

    public DeviceObject(HelperService service, Device device)
    {
        _service = service;
        _device = device;
        Show(device.Status);
        device.Changed = Show;
    }

    public override string Path => Paths is [var first, ..] ? first : "";

    public override string[] Paths => [.. _device.Record.Nodes.Select(static node => node.Path).Where(static path => path.Length > 0)];

    public override string Label => _device.Record.Label;

    public override string Backend => _device.Record.Backend;

    public override string Format => _device.Record.Mode.FourCC;

    public override uint Width => (uint)_device.Record.Mode.Width;

    public override uint Height => (uint)_device.Record.Mode.Height;

    public override double FrameRate => _device.Record.Mode.FrameRate;

    public override uint Owner => _device.Record.Owner;

    public override IReadOnlyDictionary<string, Variant> Statistics
    {
        get
        {
            FrameCounters counters = _device.Counters;
            return new Dictionary<string, Variant>(StringComparer.Ordinal)
            {
                ["frames"] = (ulong)counters.Frames,
                ["placeholders"] = (ulong)counters.Placeholders,
                ["dropped"] = (ulong)counters.Dropped,
                ["copied-bytes"] = (ulong)counters.CopiedBytes,
                ["faults"] = (ulong)counters.FallBacks,
                ["refusals"] = (ulong)counters.Faults,
                ["violations"] = (ulong)counters.Violations,
            };
        }
    }

    /// <summary>The path of a device's object.</summary>
    public static ObjectPath PathOf(int id) => string.Create(CultureInfo.InvariantCulture, $"/org/camfx/Helper1/devices/{id}");

    protected override void Attach(
        MethodCall call, FileDescriptor queue, FileDescriptor control, FileDescriptor[] dmabufs, IReadOnlyDictionary<string, Variant> options)
    {
        MemoryWish wish = OptionReader.ReadMemory(options);
        FileDescriptor? socket = null;
        if (options.TryGetValue("socket", out Variant? passed))
        {
            socket = passed.Value as FileDescriptor
                ?? throw BusException.InvalidArgument($"The option socket has the type {passed.Signature}, expected h.");
        }

        _service.Attach(call, _device, new PassedQueue(queue, control, socket, dmabufs), wish);
    }

    protected override void Detach(MethodCall call) => _service.Detach(call, _device);

    protected override void Remove(MethodCall call) => _service.Remove(call, _device);

    private void Show(WriterStatus status)
    {
        Memory = status.Memory;
        Buffers = (uint)status.Buffers;
        State = status.State;
        StateReason = status.Reason;
        Watched = status.Watched;
    }
}
