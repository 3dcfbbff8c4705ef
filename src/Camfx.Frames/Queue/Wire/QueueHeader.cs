using System.Runtime.InteropServices;

namespace Camfx.Frames.Queue.Wire;

/// <summary>
/// The start of the queue's memory. The first 128 bytes never change once a consumer has the memory; what changes at each publication lies on a
/// cache line of its own, so that reading the rest never waits for the producer's core.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
internal struct QueueHeader
{
    public const int Length = 256;

    [FieldOffset(0x00)] public ulong Magic;
    [FieldOffset(0x08)] public uint Version;
    [FieldOffset(0x0c)] public uint HeaderSize;
    [FieldOffset(0x10)] public ulong TotalSize;
    [FieldOffset(0x18)] public ulong SlotSize;
    [FieldOffset(0x20)] public ulong FirstSlotOffset;
    [FieldOffset(0x28)] public uint SlotCount;
    [FieldOffset(0x2c)] public uint DescriptorSize;
    [FieldOffset(0x30)] public ulong Generation;
    [FieldOffset(0x38)] public uint ProducerPid;
    [FieldOffset(0x3c)] public uint FrameSize;
    [FieldOffset(0x40)] public FrameFormat Format;
    [FieldOffset(0x70)] public uint FrameRateNumerator;
    [FieldOffset(0x74)] public uint FrameRateDenominator;

    [FieldOffset(0x80)] public ulong Newest;
    [FieldOffset(0x88)] public uint Wake;
    [FieldOffset(0x8c)] public QueueState State;
}
