using Camfx.Posix;

namespace Camfx.V4L2.Tests;

/// <summary>An open file that outlives the process that uses it, as one in the service manager's store does.</summary>
internal sealed unsafe class KeptFile(IVideoFile file) : IVideoFile
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

    internal void Close() => file.Dispose();
}
