using Camfx.Helper.Devices;

namespace Camfx.Helper.Persistence;

/// <summary>One device of <see cref="RuntimeState"/>.</summary>
internal sealed record DeviceRecord
{
    public required int Id { get; init; }

    public required string Label { get; init; }

    public required string Backend { get; init; }

    public required uint Owner { get; init; }

    public required DeviceMode Mode { get; init; }

    public IReadOnlyList<NodeRecord> Nodes { get; init; } = [];

    public DevicePhase Phase { get; init; }

    /// <summary>The bus name that has attached a queue; null: none has.</summary>
    public string? AttachedBy { get; init; }

    /// <summary>Dma-bufs that came with the queue.</summary>
    public int DmaBufs { get; init; }

    /// <summary>Which memory was asked for.</summary>
    public MemoryWish Memory { get; init; }

    /// <summary>The name under which a node's descriptor is kept.</summary>
    public string NodeName(int node) => $"device{Id}-node{node}";

    public string QueueName => $"device{Id}-queue";

    public string ControlName => $"device{Id}-control";

    public string SocketName => $"device{Id}-socket";

    public string DmaBufName(int slot) => $"device{Id}-dmabuf{slot}";
}
