using Camfx.Helper.Backends;
using Camfx.Helper.Persistence;
using Camfx.Posix;

namespace Camfx.Helper.Devices;

/// <summary>One device: its record, its writer, and what the writer said last.</summary>
/// <remarks>Thread-bound to the bus's thread; the writer's word is posted there.</remarks>
internal sealed class Device : IWriterEvents
{
    private readonly Action<Action> _post;
    private readonly IBackend _backend;
    private DeviceWriter? _writer;
    private Action<Exception?>? _opened;
    private AttachedQueue? _queue;

    /// <param name="record">What it is.</param>
    /// <param name="backend">What makes its nodes.</param>
    /// <param name="post">Does something on the bus's thread.</param>
    public Device(DeviceRecord record, IBackend backend, Action<Action> post)
    {
        Record = record;
        _backend = backend;
        _post = post;
    }

    public DeviceRecord Record { get; set; }

    public IBackend Backend => _backend;

    public WriterStatus Status { get; private set; } = WriterStatus.Begin;

    public FrameCounters Counters => _writer?.Counters ?? new FrameCounters();

    /// <summary>Whether the call that made it was never answered: its maker was told nothing, and gets it on asking again.</summary>
    public bool IsUnclaimed { get; set; }

    /// <summary>Its status changed.</summary>
    public Action<WriterStatus>? Changed { get; set; }

    /// <summary>It gave its queue up by itself.</summary>
    public Action<string>? Detached { get; set; }

    /// <summary>What keeps the open nodes for the next process.</summary>
    public required Systemd Keeper { get; init; }

    /// <summary>Opens the nodes and begins to show the placeholder.</summary>
    /// <param name="kept">Open files of the process before, by name; taken from there.</param>
    /// <param name="opened">Called once on the bus's thread: null, or why not.</param>
    public void Start(Dictionary<string, FileDescriptor> kept, Action<Exception?> opened)
    {
        FileDescriptor?[] files = new FileDescriptor?[Record.Nodes.Count];
        for (int node = 0; node < files.Length; node++)
            if (kept.Remove(Record.NodeName(node), out FileDescriptor? file)) files[node] = file;
        _opened = opened;
        DeviceRecord record = Record;
        _writer = new DeviceWriter(record.Label, record.Mode, () => Open(record, files), this);
        _writer.Start();
    }

    /// <summary>Shows a queue; see <see cref="DeviceWriter.Attach"/>. The answer comes on the bus's thread.</summary>
    public void Attach(AttachedQueue queue, MemoryWish wish, Action<string?> done)
    {
        _queue = queue;
        _writer!.Attach(queue, wish, refusal => _post(() => done(refusal)));
    }

    /// <summary>Shows the placeholder.</summary>
    public void Detach(string? reason) => _writer?.Detach(reason);

    /// <summary>Asks whether an app streams from it at this moment; the answer comes on the bus's thread.</summary>
    public void AskForReaders(Action<bool> done) => _writer!.AskForReaders(any => _post(() => done(any)));

    /// <summary>Ends the writer and waits for it.</summary>
    public void Stop(bool leave)
    {
        _writer?.Stop(leave);
        _writer?.Dispose();
        _writer = null;
    }

    void IWriterEvents.Opened(Exception? failure) => _post(() =>
    {
        Action<Exception?>? opened = _opened;
        _opened = null;
        opened?.Invoke(failure);
    });

    void IWriterEvents.Changed(WriterStatus status) => _post(() =>
    {
        Status = status;
        Changed?.Invoke(status);
    });

    void IWriterEvents.Detached(AttachedQueue queue, string reason) => _post(() =>
    {
        // Its word may come when another queue is attached already.
        if (queue == _queue) Detached?.Invoke(reason);
    });

    private List<INodeOutput> Open(DeviceRecord record, FileDescriptor?[] kept)
    {
        List<INodeOutput> outputs = [];
        try
        {
            for (int node = 0; node < kept.Length; node++)
            {
                FileDescriptor? file = kept[node];
                kept[node] = null;
                INodeOutput output = _backend.Open(record, node, file);
                outputs.Add(output);
                if (output.Descriptor is { } descriptor) Keeper.Store(record.NodeName(node), descriptor);
            }

            return outputs;
        }
        catch
        {
            foreach (INodeOutput output in outputs) output.Dispose();
            throw;
        }
    }
}
