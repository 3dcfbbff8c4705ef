namespace Camfx.Posix;

/// <summary>What kind of thing a file is.</summary>
public enum FileKind
{
    /// <summary>No kind the file system names: memfds are <see cref="Regular"/>, an eventfd or epoll descriptor is this.</summary>
    Other,

    /// <summary>A regular file, or a memfd.</summary>
    Regular,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A character device, such as /dev/video0.</summary>
    CharacterDevice,

    /// <summary>A block device.</summary>
    BlockDevice,

    /// <summary>A pipe or fifo.</summary>
    Fifo,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>A symbolic link that was not followed.</summary>
    SymbolicLink,
}
