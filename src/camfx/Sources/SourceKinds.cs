using Camfx.Configuration;
using Camfx.Sources.File;
using Camfx.Sources.Image;
using Camfx.Sources.Queue;
using Camfx.Sources.Test;

namespace Camfx.Sources;

/// <summary>Every kind of source there is, and the way from a URI to a source.</summary>
internal static class SourceKinds
{
    private static readonly string[] s_schemes = ["test", "file", "image", "queue"];

    /// <summary>Makes the source a URI names. It is not started, and nothing is opened yet.</summary>
    /// <exception cref="CamfxException">Unknown scheme, kind or key.</exception>
    public static ISource Create(string uri, CameraMode mode)
    {
        var parsed = SourceUri.Parse(uri);
        return parsed.Scheme switch
        {
            "test" => TestSource.Create(parsed, mode),
            "file" => FileSource.Create(parsed, mode),
            "image" => ImageSource.Create(parsed, mode),
            "queue" => QueueSource.Create(parsed, mode),
            _ => throw CamfxException.Usage(
                $"There is no source kind '{parsed.Scheme}:'; the kinds are: {string.Join(", ", s_schemes.Select(scheme => scheme + ":"))}."),
        };
    }
}
