using Camfx.Posix;

namespace Camfx.V4L2.Tests.Nodes;

/// <summary>The kernel's side of the seam, on files that every kernel has.</summary>
public sealed unsafe class VideoFileTests
{
    [Fact]
    public void What_is_mapped_is_the_file_s_memory_until_it_is_unmapped()
    {
        FileDescriptor memory = Memfd.Create("v4l2-test", 3 * MemoryMapping.PageSize);
        using FileDescriptor second = memory.Duplicate();
        using (VideoFile file = VideoFile.Adopt(memory, "/dev/video5"))
        {
            Assert.Equal(0, file.Map(MemoryMapping.PageSize, 100, out byte* address));
            *address = 42;
            using (MemoryMapping seen = MemoryMapping.Map(second, MemoryMapping.PageSize, 1, MapAccess.Read)) Assert.Equal(42, *seen.Address);
            file.Unmap(address);
            Assert.Equal(0, file.Map(0, 10, out _));
            Assert.Equal(-Errno.EINVAL, file.Map(1, 10, out byte* nothing));
            Assert.True(nothing == null);
        }

        Assert.True(memory.IsClosed);
    }

    [Fact]
    public void A_node_opened_for_reading_is_mapped_for_reading()
    {
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, new byte[] { 7, 8, 9 });
        using (VideoFile file = VideoFile.Open(path, MapAccess.Read))
        {
            Assert.Equal(0, file.Map(0, 3, out byte* address));
            Assert.Equal(7, *address);
            byte value = 1;
            Assert.Equal(-Errno.EBADF, file.Write(&value, 1));
            Assert.Equal(1, file.Read(&value, 1));
            Assert.Equal(7, value);
        }

        File.Delete(path);
    }

    [Fact]
    public void Waiting_ends_with_the_event_or_the_time()
    {
        using EventFd happening = EventFd.Create();
        using VideoFile file = VideoFile.Adopt(happening.Descriptor.Duplicate(), "/dev/video5");
        Assert.Equal(PollEvents.None, file.Wait(PollEvents.Readable, MonotonicClock.Now));
        Assert.Equal(PollEvents.None, file.Wait(PollEvents.Readable, MonotonicClock.Now - 1));
        happening.Signal();
        Assert.Equal(PollEvents.Readable, file.Wait(PollEvents.Readable, long.MaxValue));
    }

    [Fact]
    public void A_request_to_what_is_no_device_is_an_errno_and_no_exception()
    {
        using VideoFile file = VideoFile.Open("/dev/null");
        int answer;
        Assert.Equal(-Errno.ENOTTY, file.Ioctl(Interop.VideoDev.VIDIOC_QUERYCAP, &answer));
    }
}
