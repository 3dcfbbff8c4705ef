namespace Camfx.V4L2.Fake;

/// <summary>One buffer of a queue as videobuf2 keeps it.</summary>
internal sealed class FakeQueueBuffer(int planes)
{
    /// <summary>The driver's own pages (MMAP), one block for each plane.</summary>
    internal FakeMemory[] Own { get; } = new FakeMemory[planes];

    internal nint[] Addresses { get; } = new nint[planes];

    internal Posix.MemoryMapping?[] Imports { get; } = new Posix.MemoryMapping?[planes];

    internal int[] Descriptors { get; } = new int[planes];

    internal uint[] Used { get; } = new uint[planes];

    internal uint[] Offsets { get; } = new uint[planes];

    internal bool Queued { get; set; }

    internal bool Done { get; set; }

    internal bool Error { get; set; }

    internal uint Sequence { get; set; }

    internal long TimestampNs { get; set; }
}
