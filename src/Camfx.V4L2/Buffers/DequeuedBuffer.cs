namespace Camfx.V4L2;

/// <summary>What a driver said about a buffer it gave back.</summary>
internal readonly record struct DequeuedBuffer(int Index, uint Flags, uint Sequence, long TimestampNs);
