namespace Camfx.FFmpeg;

/// <summary>How a <see cref="VideoReader"/> opens its input.</summary>
public sealed record VideoReaderOptions
{
    /// <summary>Decoder threads: 1 or more, or 0 for as many as the machine has cores (FFmpeg's own default).</summary>
    public int Threads { get; init; }

    /// <summary>A demuxer's name (e.g. <c>mjpeg</c>) for input that does not say what it is; null to find out.</summary>
    public string? Format { get; init; }

    /// <summary>Options of the demuxer or protocol by FFmpeg's names, e.g. <c>rtsp_transport</c>. Unknown ones are ignored, as FFmpeg does.</summary>
    public IReadOnlyDictionary<string, string> InputOptions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
