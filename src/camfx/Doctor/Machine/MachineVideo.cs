using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Doctor.Machine;

/// <summary>The nodes in /dev.</summary>
internal sealed class MachineVideo : IVideo
{
    public IReadOnlyList<string> Paths() => VideoNodes.Paths();

    public IVideoFile Open(string path, MapAccess access) => VideoFile.Open(path, access);
}
