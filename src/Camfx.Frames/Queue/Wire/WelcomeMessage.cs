using System.Runtime.InteropServices;

namespace Camfx.Frames.Queue.Wire;

/// <summary>A queue for the consumer; with it come the descriptors of the queue's memory and of the control page. 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WelcomeMessage
{
    public MessageKind Kind;
    public uint Version;
    public ulong Generation;
    public uint Share;
    public uint Reserved0;
    public ulong Reserved1;
}
