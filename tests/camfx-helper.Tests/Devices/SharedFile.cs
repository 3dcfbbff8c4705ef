using Camfx.Posix;
using Camfx.V4L2;

namespace Camfx.Helper.Tests.Devices;

/// <summary>An open file that systemd keeps, too: it stays open when its process closes it or is killed.</summary>
internal sealed unsafe class SharedFile(IVideoFile file) : IVideoFile
{
    public string Path => file.Path;

    public FileDescriptor? Descriptor => file.Descriptor;

    public int Ioctl(uint request, void* argument) => file.Ioctl(request, argument);

    public int Map(long offset, long length, out byte* address) => file.Map(offset, length, out address);

    public void Unmap(byte* address) => file.Unmap(address);

    public long Read(byte* buffer, long length) => file.Read(buffer, length);

    public long Write(byte* buffer, long length) => file.Write(buffer, length);

    public PollEvents Wait(PollEvents events, long deadline) => file.Wait(events, deadline);

    public void Dispose()
    {
    }
}
