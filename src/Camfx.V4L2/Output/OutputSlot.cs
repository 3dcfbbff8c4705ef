using Camfx.Posix;

namespace Camfx.V4L2;

/// <summary>Memory of the caller's that a driver may read frames from: one slot of a frame queue.</summary>
/// <param name="Address">Where it is mapped in this process; 0: nowhere, so there is no USERPTR.</param>
/// <param name="Length">Bytes, a multiple of the page size.</param>
/// <param name="DmaBuf">A dma-buf of the same memory; null: there is none. Stays the caller's, and stays open while the slots are in use.</param>
public readonly record struct OutputSlot(nint Address, long Length, FileDescriptor? DmaBuf);
