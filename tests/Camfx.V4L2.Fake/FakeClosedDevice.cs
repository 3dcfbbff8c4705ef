using Camfx.Posix;

namespace Camfx.V4L2.Fake;

/// <summary>A node that this user may not open.</summary>
public sealed class FakeClosedDevice(string path) : FakeDevice(path)
{
    internal override FakeFile OpenFile() => throw VideoException.FromErrno(Errno.EACCES, "open", Path);
}
