namespace Camfx.Frames.Queue.Wire;

/// <summary>The numbers of docs/frame-queue.md, version 1.</summary>
internal static class WireFormat
{
    /// <summary>The bytes <c>CAMFXQUE</c>.</summary>
    public const ulong QueueMagic = 0x4555_5158_464d_4143;

    /// <summary>The bytes <c>CAMFXCTL</c>.</summary>
    public const ulong ControlMagic = 0x4c54_4358_464d_4143;

    public const uint Version = 1;

    /// <summary>What is said to users when the other side has another: after an upgrade one of the two still runs as it was.</summary>
    public const string OtherVersion = "one of the two programs is of another version of camfx; restart camfx";

    /// <summary>Slots a queue may have: one bit each in the writer's sets.</summary>
    public const int MaxSlots = 64;

    /// <summary>Fewest slots: one lease, the newest frame, the frame being drawn.</summary>
    public const int MinSlots = 3;

    /// <summary>Lease words a control page may have.</summary>
    public const int MaxShare = MaxSlots - 2;

    /// <summary>Where the first slot starts at the latest: a page of 64 KiB.</summary>
    public const int MaxFirstSlotOffset = 65536;

    /// <summary>A lease is not honoured longer than this after the producer first saw it.</summary>
    public const long LeaseTimeNs = 500_000_000;
}
