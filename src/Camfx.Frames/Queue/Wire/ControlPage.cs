using System.Runtime.InteropServices;

namespace Camfx.Frames.Queue.Wire;

/// <summary>
/// A consumer's page. The producer fills in the first part before it hands the page over; from then on only the consumer writes, and the
/// producer believes nothing it reads there.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
internal struct ControlPage
{
    /// <summary>Bytes in use; the memory is one page.</summary>
    public const int Length = LeasesOffset + WireFormat.MaxShare * sizeof(ulong);

    /// <summary>Where the lease words start: one cache line behind <see cref="Waiting"/>, which another rhythm writes.</summary>
    public const int LeasesOffset = 0x80;

    [FieldOffset(0x00)] public ulong Magic;
    [FieldOffset(0x08)] public uint Version;
    [FieldOffset(0x0c)] public uint Share;
    [FieldOffset(0x10)] public ulong Generation;

    [FieldOffset(0x40)] public WaitKind Waiting;
    [FieldOffset(LeasesOffset)] public ulong FirstLease;
}
