using Camfx.FFmpeg;

namespace Camfx.Sources.File;

/// <summary>A decoded frame, by reference, and when it is due.</summary>
internal sealed class RingFrame : IDisposable
{
    public DecodedFrame Frame { get; } = new();

    /// <summary>Time since the file was opened, in ns; it grows over the file's end when the file is played again.</summary>
    public long Time { get; set; }

    public void Dispose() => Frame.Dispose();
}
