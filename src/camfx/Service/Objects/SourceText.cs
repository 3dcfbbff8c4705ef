using Camfx.DBus;
using Camfx.Sources;

namespace Camfx.Service.Objects;

/// <summary>A source's URI as it came over the bus.</summary>
internal static class SourceText
{
    /// <summary>The URI itself, if the service can mean what its sender meant.</summary>
    /// <exception cref="BusException">InvalidArgument: it is too long, or names a file from the caller's folder, which is not the service's.</exception>
    /// <exception cref="CamfxException">It is no URI.</exception>
    public static string Check(string uri)
    {
        var parsed = SourceUri.Parse(OptionReader.Checked(uri, "Source"));
        return parsed.Scheme is "file" or "image" && !Path.IsPathRooted(parsed.Path)
            ? throw BusException.InvalidArgument($"The source '{OptionReader.Short(uri)}' names a file from its caller's folder; name it from the root, beginning with '/'.")
            : uri;
    }
}
