using System.Runtime.InteropServices;

namespace Camfx.Frames.Queue.Wire;

/// <summary>The consumer's first message. 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct HelloMessage
{
    public MessageKind Kind;
    public uint Version;
    public ulong Magic;
    public uint FourCC;
    public uint Leases;
    public ulong Reserved;
}
