using Camfx.Frames;
using Camfx.Posix;
using Camfx.V4L2.Fake;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2.Tests;

/// <summary>What runs for every frame allocates nothing.</summary>
public class AllocationTests
{
    private const int Width = 64;
    private const int Height = 32;
    private static readonly VideoMode s_mode = new(FourCC.Pack("YUYV"), Width, Height, new FrameRate(30, 1));

    [Theory]
    [InlineData(MemoryType.Dmabuf)]
    [InlineData(MemoryType.Userptr)]
    [InlineData(MemoryType.Mmap)]
    [InlineData(MemoryType.ReadWrite)]
    public void An_output_allocates_nothing_for_a_frame(MemoryType type)
    {
        var device = new FakeOutput { Modes = [s_mode] };
        var file = new SilentFile(device.Open());
        using var memory = new SharedMemory(4, Width * Height * 2);
        using VideoOutput output = VideoOutput.Open(
            file, new OutputMode(Width, Height, PixelFormat.Yuyv, new FrameRate(30, 1)), new VideoOutputOptions { Memory = MemoryChoice.Force(type) });
        if (type is MemoryType.Dmabuf or MemoryType.Userptr) Assert.True(output.UseSlots(memory.Output(), output.Layout));
        using FrameBuffer picture = Pictures.Flat(PixelFormat.Yuyv, Width, Height, 1);
        FrameView view = picture.View;
        file.Silent = true;
        Show(50);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Show(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1050, output.Statistics.Frames);
        file.Silent = false;

        void Show(int frames)
        {
            for (int i = 0; i < frames; i++)
            {
                if (type is MemoryType.Mmap or MemoryType.ReadWrite)
                {
                    output.Write(view, i);
                    continue;
                }

                output.Queue(i % 4, i);
                output.TryDequeue(out _);
            }
        }
    }

    [Fact]
    public void A_capture_allocates_nothing_for_a_frame()
    {
        var camera = new FakeCamera { Modes = [s_mode] };
        var file = new SilentFile(camera.Open());
        using VideoCapture capture = VideoCapture.Open(file, s_mode);
        file.Silent = true;
        Take(50);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Take(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1050, capture.Statistics.Frames);
        file.Silent = false;

        void Take(int frames)
        {
            for (int i = 0; i < frames; i++)
            {
                capture.Wait(0);
                if (capture.TryDequeueNewest(out CapturedFrame frame)) capture.Release(frame);
            }
        }
    }

    /// <summary>Once silent it says yes to everything, gives an output one buffer back each time and a camera every other time, and allocates nothing itself.</summary>
    private sealed unsafe class SilentFile(IVideoFile file) : IVideoFile
    {
        private uint _next;
        private bool _given;

        internal bool Silent { get; set; }

        public string Path => file.Path;

        public FileDescriptor? Descriptor => null;

        public int Ioctl(uint request, void* argument)
        {
            if (!Silent) return file.Ioctl(request, argument);
            if (request != VIDIOC_DQBUF) return 0;
            _given = !_given;
            if (!_given && ((v4l2_buffer*)argument)->type == V4L2_BUF_TYPE_VIDEO_CAPTURE) return -Errno.EAGAIN;
            var buffer = (v4l2_buffer*)argument;
            buffer->index = _next++ % 4;
            buffer->bytesused = Width * Height * 2;
            buffer->flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
            buffer->sequence = _next;
            return 0;
        }

        public int Map(long offset, long length, out byte* address) => file.Map(offset, length, out address);

        public void Unmap(byte* address) => file.Unmap(address);

        public long Read(byte* buffer, long length) => length;

        public long Write(byte* buffer, long length) => length;

        public PollEvents Wait(PollEvents events, long deadline) => events;

        public void Dispose() => file.Dispose();
    }
}
