using Camfx.Frames;
using Camfx.PipeWire.Capture;
using Camfx.PipeWire.Interop;
using Camfx.PipeWire.Spa;
using Camfx.Posix;

namespace Camfx.PipeWire.Tests.Capture;

/// <summary>What the other side says of its buffers is not believed.</summary>
public sealed unsafe class PlaneMapTests
{
    private const int Width = 16;
    private const int Height = 8;

    private static readonly byte[] s_memory = GC.AllocateArray<byte>(4096, pinned: true);

    [Theory]
    [InlineData(PixelFormat.I420, 0, 16, 8, 128, 160)]
    [InlineData(PixelFormat.I420, 20, 20, 10, 160, 200)]
    [InlineData(PixelFormat.Nv12, 32, 32, 32, 256, 0)]
    [InlineData(PixelFormat.Yuyv, 0, 32, 0, 0, 0)]
    [InlineData(PixelFormat.Bgr24, 50, 50, 0, 0, 0)]
    public void Planes_in_one_block_lie_one_behind_the_other(PixelFormat format, int stride, int stride0, int stride1, int second, int third)
    {
        Assert.True(TryView(format, [new Block(4096, stride)], out FrameView view));
        Assert.Equal((format, Width, Height), (view.Format, view.Width, view.Height));
        Assert.Equal((stride0, stride1), (view.Stride(0), view.Stride(1)));
        if (second > 0) Assert.Equal(second, view.Plane(1) - view.Plane(0));
        if (third > 0) Assert.Equal(third, view.Plane(2) - view.Plane(0));
    }

    [Fact]
    public void Planes_of_their_own_have_their_own_strides()
    {
        Assert.True(TryView(PixelFormat.I420, [new Block(4096, 32), new Block(2048, 24, 100), new Block(2048, 8)], out FrameView view));
        Assert.Equal((32, 24, 8), (view.Stride(0), view.Stride(1), view.Stride(2)));
        fixed (byte* memory = s_memory) Assert.Equal(100, view.Plane(1) - memory);
    }

    [Fact]
    public void A_block_may_end_with_the_last_pixel()
    {
        Assert.True(TryView(PixelFormat.Yuyv, [new Block(7 * 40 + 32, 40)], out _));
        Assert.False(TryView(PixelFormat.Yuyv, [new Block(7 * 40 + 31, 40)], out _));
        Assert.True(TryView(PixelFormat.I420, [new Block(192, 16)], out _));
        Assert.False(TryView(PixelFormat.I420, [new Block(191, 16)], out _));
        Assert.False(TryView(PixelFormat.I420, [new Block(192, 16, 1)], out _));
    }

    [Theory]
    [InlineData(4096, 31, 0, 1)]
    [InlineData(4096, int.MaxValue, 0, 1)]
    [InlineData(4096, 32, 4096, 1)]
    [InlineData(4096, 32, -1, 1)]
    [InlineData(4096, 32, 0, 0)]
    [InlineData(0, 32, 0, 1)]
    public void What_does_not_hold_a_picture_is_none(int most, int stride, int offset, int size) =>
        Assert.False(TryView(PixelFormat.Yuyv, [new Block((uint)most, stride, unchecked((uint)offset), (uint)size)], out _));

    [Fact]
    public void A_plane_too_short_among_others_is_found()
    {
        Assert.False(TryView(PixelFormat.Nv12, [new Block(4096, 16), new Block(63, 16)], out _));
        Assert.True(TryView(PixelFormat.Nv12, [new Block(4096, 16), new Block(64, 16)], out _));
        Assert.False(TryView(PixelFormat.Yuyv, [], out _));
    }

    [Fact]
    public void Memory_that_is_not_mapped_is_not_read()
    {
        spa_chunk chunk = new() { size = 1, stride = 32 };
        spa_data data = new() { maxsize = 4096, chunk = &chunk };
        spa_buffer buffer = new() { n_datas = 1, datas = &data };
        Assert.False(PlaneMap.TryView(&buffer, Format(PixelFormat.Yuyv), out _));
        fixed (byte* memory = s_memory)
        {
            data.data = memory;
            data.chunk = null;
            Assert.False(PlaneMap.TryView(&buffer, Format(PixelFormat.Yuyv), out _));
        }
    }

    [Fact]
    public void A_file_shorter_than_its_buffer_is_refused()
    {
        using FileDescriptor file = Memfd.Create("short", 8192);
        Demand(file, 4096);
        Assert.Throws<InvalidDataException>(() => Demand(file, 4097));
    }

    private static void Demand(FileDescriptor file, uint most)
    {
        spa_data data = new() { type = SpaConstants.DataMemFd, fd = file.Number, mapoffset = 4096, maxsize = most };
        spa_buffer buffer = new() { n_datas = 1, datas = &data };
        PlaneMap.DemandMemory(&buffer);
    }

    private static CaptureFormat Format(PixelFormat format) => new(format, Width, Height, ColorMatrix.Bt601, ColorRange.Limited, 30);

    private static bool TryView(PixelFormat format, Block[] blocks, out FrameView view)
    {
        spa_chunk* chunks = stackalloc spa_chunk[Math.Max(1, blocks.Length)];
        spa_data* datas = stackalloc spa_data[Math.Max(1, blocks.Length)];
        fixed (byte* memory = s_memory)
        {
            for (int i = 0; i < blocks.Length; i++)
            {
                chunks[i] = new spa_chunk { offset = blocks[i].Offset, size = blocks[i].Size, stride = blocks[i].Stride };
                datas[i] = new spa_data { type = SpaConstants.DataMemPtr, maxsize = blocks[i].Most, data = memory, chunk = chunks + i };
            }

            spa_buffer buffer = new() { n_datas = (uint)blocks.Length, datas = datas };
            return PlaneMap.TryView(&buffer, Format(format), out view);
        }
    }

    private readonly record struct Block(uint Most, int Stride, uint Offset = 0, uint Size = 1);
}
