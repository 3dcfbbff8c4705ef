using Camfx.Posix;

namespace Camfx.V4L2;

/// <summary>Memory of the caller's that a driver captures into.</summary>
/// <param name="Address">Where it is mapped in this process, for writing; 0: nowhere, then frames in it have no view.</param>
/// <param name="Length">Bytes, a multiple of the page size.</param>
/// <param name="DmaBuf">A dma-buf of the same memory; null: there is none. Stays the caller's, and stays open while the capture runs.</param>
public readonly record struct CaptureSlot(nint Address, long Length, FileDescriptor? DmaBuf);
