using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Doctor.Machine;

/// <summary>The machine's video nodes.</summary>
internal interface IVideo
{
    /// <summary>The paths of all nodes, by number, whether they may be opened or not.</summary>
    IReadOnlyList<string> Paths();

    /// <summary>Opens a node as an app does.</summary>
    /// <exception cref="VideoException">It cannot be opened.</exception>
    IVideoFile Open(string path, MapAccess access);
}
