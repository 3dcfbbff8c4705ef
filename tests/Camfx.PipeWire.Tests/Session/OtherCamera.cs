using System.Diagnostics;
using Camfx.Frames;

namespace Camfx.PipeWire.Tests.Session;

/// <summary>A camera of another process: the counter camera, or one of GStreamer's that shows one colour.</summary>
internal sealed class OtherCamera : IDisposable
{
    private readonly Process _process;

    private OtherCamera(Process process) => _process = process;

    /// <summary>camfx-test, the counter camera.</summary>
    public static OtherCamera Counter(MediaSession session, string size, PixelFormat format) => new(session.Spawn(
        "dotnet", "exec", "--runtimeconfig", Beside("Camfx.PipeWire.Tests.runtimeconfig.json"), Beside("pipewire-producer.dll"), size, "30",
            PixelFormatInfo.Of(format).Name));

    /// <summary>A flat colour from GStreamer.</summary>
    /// <param name="session">Where.</param>
    /// <param name="node">The node's name.</param>
    /// <param name="format">As GStreamer calls it.</param>
    /// <param name="color">0xAARRGGBB.</param>
    public static OtherCamera Flat(MediaSession session, string node, string format, string color) => new(session.Spawn(
        "gst-launch-1.0", "-q", "videotestsrc", "is-live=true", "pattern=solid-color", $"foreground-color={color}", "!",
        $"video/x-raw,format={format},width=66,height=34,framerate=30/1", "!", "pipewiresink", "mode=provide",
        $"stream-properties=props,media.class=Video/Source,media.role=Camera,node.name={node},node.description={node}"));

    /// <summary>Ends it from one moment to the next.</summary>
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
