namespace Camfx.FFmpeg;

/// <summary>What came of asking a <see cref="VideoReader"/> for the next picture.</summary>
public enum ReadResult
{
    /// <summary>There is a picture.</summary>
    Frame,

    /// <summary>The stream has no more pictures; a seek makes more.</summary>
    EndOfStream,

    /// <summary><see cref="VideoReader.Cancel"/> was called.</summary>
    Canceled,
}
