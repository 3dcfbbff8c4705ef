namespace Camfx.Helper.Devices;

/// <summary>Which memory a caller of Attach wants.</summary>
internal enum MemoryWish
{
    /// <summary>The best that works.</summary>
    Auto,

    /// <summary>dmabuf or userptr, and nothing else.</summary>
    ZeroCopy,

    /// <summary>No slots: frames are copied.</summary>
    Copy,

    /// <summary>dmabuf, and nothing else.</summary>
    Dmabuf,

    /// <summary>userptr, and nothing else.</summary>
    Userptr,
}
