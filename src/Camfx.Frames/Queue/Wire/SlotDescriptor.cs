using System.Runtime.InteropServices;

namespace Camfx.Frames.Queue.Wire;

/// <summary>
/// What a slot holds. <see cref="Sequence"/> is 0 while the slot holds no frame or is being drawn; it is written last, with release order, so
/// whoever reads a sequence there reads the fields and pixels that belong to it.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
internal struct SlotDescriptor
{
    public const int Length = 128;

    [FieldOffset(0x00)] public ulong Sequence;
    [FieldOffset(0x08)] public long CaptureTime;
    [FieldOffset(0x10)] public long PresentationTime;
    [FieldOffset(0x18)] public FrameFlags Flags;
    [FieldOffset(0x1c)] public uint BytesUsed;
    [FieldOffset(0x20)] public FrameFormat Format;
}
