using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Sources.Camera;
using Camfx.Sources.File;
using Camfx.Sources.Image;
using Camfx.Sources.PipeWire;
using Camfx.Sources.Queue;
using Camfx.Sources.Screen;
using Camfx.Sources.Test;

namespace Camfx.Sources;

/// <summary>Every kind of source there is, and the way from a URI to a source.</summary>
internal static class SourceKinds
{
    /// <summary>The kinds, those users want most first.</summary>
    public static ImmutableArray<SourceKind> All { get; } =
    [
        new(
            "camera", "camera:[NAME|/dev/videoN][?size=WxH&fps=N&format=CODE]",
            "A camera of this machine; the best there is, or by its name, id, place or node.", CaptureSource.Create),
        new("file", "file:PATH[?loop=1&start=S&threads=N]", "A film, at its own pace.", FileSource.Create),
        new("image", "image:PATH", "A picture.", ImageSource.Create),
        new("queue", "queue:NAME", "The frames of another program, as soon as it offers them.", QueueSource.Create),
        new("pipewire", "pipewire:NODE", "Another camera at PipeWire, by its node's name, description or number.", PipeWireSource.Create),
        new("screen", "screen:[?cursor=1&choose=0]", "A screen of this session, which you choose in a dialog.", ScreenSource.Create),
        new("test", "test:smpte|bars|checker|gradient|ball|counter|noise|solid[?color=#rrggbb]", "A test picture.", TestSource.Create),
    ];

    /// <summary>Refuses a source that cannot be this camera's, although it could be another's.</summary>
    /// <exception cref="CamfxException">The camera would wait for itself.</exception>
    public static void Refuse(CameraOptions options)
    {
        QueueSource.RefuseOwnQueue(options);
        PipeWireSource.RefuseOwnNode(options);
    }

    /// <summary>Makes the source a URI names. It is not started, and nothing is opened yet.</summary>
    /// <exception cref="CamfxException">Unknown scheme, kind or key.</exception>
    public static ISource Create(string uri, CameraMode mode)
    {
        var parsed = SourceUri.Parse(uri);
        foreach (SourceKind kind in All)
            if (kind.Scheme == parsed.Scheme) return kind.Create(parsed, mode);
        throw CamfxException.Usage(
            $"There is no source kind '{parsed.Scheme}:'; the kinds are: {string.Join(", ", All.Select(kind => kind.Scheme + ":"))}.");
    }
}
