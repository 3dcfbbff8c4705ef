using System.Runtime.InteropServices;

namespace Camfx.Frames.Queue.Wire;

/// <summary>Sent to a consumer that waits on its socket: a frame was published, or the queue's state changed. 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct FrameMessage(ulong sequence)
{
    public readonly MessageKind Kind = MessageKind.Frame;
    public readonly uint Reserved;
    public readonly ulong Sequence = sequence;
}
