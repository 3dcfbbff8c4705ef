namespace Camfx.V4L2;

/// <summary>How frames travel between this process and a driver, from the best to the plainest.</summary>
public enum MemoryType
{
    /// <summary>The driver uses memory that a dma-buf names (V4L2_MEMORY_DMABUF): no copy.</summary>
    Dmabuf,

    /// <summary>The driver uses memory of this process (V4L2_MEMORY_USERPTR): no copy.</summary>
    Userptr,

    /// <summary>The driver's memory is mapped (V4L2_MEMORY_MMAP): one copy into it, or none when captured frames are read there.</summary>
    Mmap,

    /// <summary>read() and write(): one copy inside the kernel.</summary>
    ReadWrite,
}
