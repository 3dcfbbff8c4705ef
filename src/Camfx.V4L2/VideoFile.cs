using System.Collections.Concurrent;
using Camfx.Posix;

namespace Camfx.V4L2;

/// <summary>A video node of the kernel's.</summary>
/// <remarks>Thread-safe as far as the driver is.</remarks>
public sealed unsafe class VideoFile : IVideoFile
{
    private readonly FileDescriptor _descriptor;
    private readonly ConcurrentDictionary<nint, MemoryMapping> _mappings = new();
    private readonly MapAccess _access;

    private VideoFile(FileDescriptor descriptor, string path, MapAccess access)
    {
        _descriptor = descriptor;
        Path = path;
        _access = access;
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public FileDescriptor Descriptor => _descriptor;

    /// <summary>Opens a node, non-blocking and close-on-exec.</summary>
    /// <param name="path">E.g. <c>/dev/video0</c>.</param>
    /// <param name="access">
    /// <see cref="MapAccess.Read"/> looks and captures into the driver's memory; everything else needs <see cref="MapAccess.ReadWrite"/>.
    /// </param>
    /// <exception cref="VideoException">There is no such node, this user may not open it, or it admits no further opener.</exception>
    public static VideoFile Open(string path, MapAccess access = MapAccess.ReadWrite)
    {
        try
        {
            return new VideoFile(DeviceFile.Open(path, access), path, access);
        }
        catch (PosixException failure)
        {
            throw VideoException.FromErrno(failure.Errno, "open", path);
        }
    }

    /// <summary>Takes over a node that is open already, e.g. one that the service manager kept.</summary>
    /// <param name="descriptor">The node, open for reading and writing; it is closed with this object.</param>
    /// <param name="path">Its path, for messages.</param>
    public static VideoFile Adopt(FileDescriptor descriptor, string path) => new(descriptor, path, MapAccess.ReadWrite);

    /// <inheritdoc/>
    public int Ioctl(uint request, void* argument) => Posix.Ioctl.Call(_descriptor, request, argument);

    /// <inheritdoc/>
    public int Map(long offset, long length, out byte* address)
    {
        address = null;
        try
        {
            MemoryMapping mapping = MemoryMapping.Map(_descriptor, offset, length, _access);
            address = mapping.Address;
            _mappings[(nint)address] = mapping;
            return 0;
        }
        catch (PosixException failure)
        {
            return -failure.Errno;
        }
    }

    /// <inheritdoc/>
    public void Unmap(byte* address)
    {
        if (_mappings.TryRemove((nint)address, out MemoryMapping? mapping)) mapping.Dispose();
    }

    /// <inheritdoc/>
    public long Read(byte* buffer, long length) => DeviceFile.Read(_descriptor, buffer, length);

    /// <inheritdoc/>
    public long Write(byte* buffer, long length) => DeviceFile.Write(_descriptor, buffer, length);

    /// <inheritdoc/>
    public PollEvents Wait(PollEvents events, long deadline)
    {
        PollDescriptor descriptor = new(_descriptor, events);
        long timeout = deadline == long.MaxValue ? Poll.NoTimeout : Math.Max(0, deadline - MonotonicClock.Now);
        return Poll.Wait(new Span<PollDescriptor>(ref descriptor), timeout) == 0 ? PollEvents.None : descriptor.Returned;
    }

    /// <summary>Takes the mappings away and closes the node.</summary>
    public void Dispose()
    {
        foreach (nint address in _mappings.Keys) Unmap((byte*)address);
        _descriptor.Dispose();
    }
}
