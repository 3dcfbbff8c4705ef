namespace Camfx.Frames.Queue;

/// <summary>Why a queue cannot be used.</summary>
public enum QueueError
{
    /// <summary>The descriptor is no regular file: a pipe, a device, a socket.</summary>
    NotAFile,

    /// <summary>The file is not on tmpfs: touching it could end the process (hugetlbfs) or wait for a disk.</summary>
    NotSharedMemory,

    /// <summary>A seal is missing: the memory could be taken away or written by others.</summary>
    NotSealed,

    /// <summary>The memory has another size than its header says.</summary>
    WrongSize,

    /// <summary>The memory is larger than the limits allow.</summary>
    TooLarge,

    /// <summary>The memory does not start as a queue does.</summary>
    NotAQueue,

    /// <summary>The other side speaks another version of the protocol.</summary>
    UnsupportedVersion,

    /// <summary>A size, count or offset in the header is impossible.</summary>
    BadHeader,

    /// <summary>A format, size, plane or colour is impossible.</summary>
    BadFormat,

    /// <summary>The control page is none, or belongs to another queue.</summary>
    BadControlPage,

    /// <summary>A slot number or a frame's description is impossible.</summary>
    BadFrame,

    /// <summary>The kernel cannot give the memory's pages.</summary>
    Unreadable,

    /// <summary>Nobody listens at the queue's path.</summary>
    NoSuchQueue,

    /// <summary>The other side belongs to another user.</summary>
    ForeignPeer,

    /// <summary>The producer said no; the message says why.</summary>
    Refused,

    /// <summary>The other side sent something that is no message of the protocol.</summary>
    BadMessage,

    /// <summary>The producer hung up before it gave a queue.</summary>
    Disconnected,
}
