using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Helper.Devices;
using Camfx.Posix;

namespace Camfx.Helper.Tests.Devices;

/// <summary>What is checked before anything of a queue is used.</summary>
public sealed class AttachedQueueTests : IDisposable
{
    private static readonly DeviceMode s_mode = WriterRig.Mode;

    private readonly TestQueue _queue = new(s_mode, static () => MonotonicClock.Now);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public void Another_format_is_refused()
    {
        using TestQueue queue = new(s_mode, static () => 0, format: PixelFormat.I420);
        AssertRefused(QueueError.BadFormat, () => queue.Attach());
    }

    [Fact]
    public void A_file_on_a_disk_is_refused()
    {
        string path = Path.GetTempFileName();
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        file.SetLength(1 << 20);
        using FileDescriptor descriptor = new((int)file.SafeFileHandle.DangerousGetHandle(), owned: false);
        Exception refusal = Assert.ThrowsAny<Exception>(() => Open(descriptor));
        Assert.True(refusal is QueueException or PosixException, refusal.ToString());
    }

    [Fact]
    public void Memory_without_seals_is_refused()
    {
        using FileDescriptor memory = Memfd.Create("open", 1 << 20);
        AssertRefused(QueueError.NotSealed, () => Open(memory));
    }

    [Fact]
    public void A_socket_that_is_none_is_refused()
    {
        using FileDescriptor memory = Memfd.Create("no socket", 4096);
        AssertRefused(QueueError.BadMessage, () => AttachedQueue.Open(_queue.Writer.Memory, _queue.Control, memory, [], s_mode));
    }

    [Fact]
    public void A_control_page_without_a_lease_is_refused()
    {
        using RemoteConsumer empty = _queue.Writer.AddPassedConsumer(0);
        AssertRefused(QueueError.BadControlPage, () => AttachedQueue.Open(_queue.Writer.Memory, empty.Control, null, [], s_mode));
    }

    [Fact]
    public void More_dma_bufs_than_slots_are_refused()
    {
        FileDescriptor[] many = [.. Enumerable.Range(0, 10).Select(_ => Memfd.Create("dmabuf", 4096))];
        AssertRefused(QueueError.BadHeader, () => AttachedQueue.Open(_queue.Writer.Memory, _queue.Control, null, many, s_mode));
        foreach (FileDescriptor one in many) one.Dispose();
    }

    [Fact]
    public void The_end_of_the_producer_is_heard_by_its_socket()
    {
        using AttachedQueue queue = _queue.Attach();
        Assert.False(queue.BeginPoll());
        _queue.Dispose();
        Assert.Equal(1, Poll.Wait([new PollDescriptor(queue.Socket!, PollEvents.Readable)], 20_000_000_000));
        queue.EndPoll();
        Assert.True(queue.HasEnded);
    }

    private AttachedQueue Open(FileDescriptor memory) => AttachedQueue.Open(memory, _queue.Control, null, [], s_mode);

    private static void AssertRefused(QueueError error, Func<AttachedQueue> open) =>
        Assert.Equal(error, Assert.Throws<QueueException>(() => open().Dispose()).Error);
}
