namespace Camfx.FFmpeg;

/// <summary>Why FFmpeg could not do what it was asked for; <see cref="AvException"/> turns each into a sentence.</summary>
public enum AvFailure
{
    /// <summary>Something else; the error code says what.</summary>
    Other,

    /// <summary>There is no such file or host.</summary>
    NotFound,

    /// <summary>The user may not read (or write) it.</summary>
    PermissionDenied,

    /// <summary>A directory stands where a file is expected.</summary>
    IsDirectory,

    /// <summary>The file has no bytes.</summary>
    Empty,

    /// <summary>The file ends before the index that is needed to read it.</summary>
    Truncated,

    /// <summary>No demuxer or decoder knows these bytes.</summary>
    UnknownFormat,

    /// <summary>There are streams, but none with pictures.</summary>
    NoVideo,

    /// <summary>This FFmpeg was built without the decoder or encoder.</summary>
    NoCodec,

    /// <summary>The data is damaged beyond what a decoder can skip.</summary>
    Damaged,

    /// <summary>The picture has more pixels than camfx takes.</summary>
    TooLarge,

    /// <summary>It can be played only once: it cannot go back.</summary>
    NotSeekable,

    /// <summary>The disk or quota is full.</summary>
    DiskFull,

    /// <summary>A filter graph that cannot be understood, or does not fit the pictures.</summary>
    BadGraph,

    /// <summary>The owner asked to stop.</summary>
    Canceled,
}
