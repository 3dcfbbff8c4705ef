using Camfx.Frames.Queue;
using Camfx.Posix;

namespace Camfx.Frames.Tests.Queue;

public sealed class FrameQueueServerTests
{
    [Fact]
    public void AConsumerGetsAQueueAndTheHostHearsOfIt()
    {
        using var camera = new TestCamera();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            FileStatus.OfPath(Path.GetDirectoryName(camera.Path)!)!.Value.Mode);
        using (FrameQueueConnection connection = FrameQueueConnection.Connect(camera.Path))
        {
            FrameQueueClient client = camera.Host.NextArrival();
            Assert.Equal((Environment.ProcessId, camera.Writer, 2), (client.ProcessId, client.Queue, client.Share));
            Assert.Equal(File.ReadAllText("/proc/self/comm").TrimEnd(), client.Name);
            Queues.PublishOne(camera.Writer);
            Assert.Equal(QueueEvent.Frame, connection.Wait(0, MonotonicClock.Now + 10_000_000_000));
            Assert.True(connection.Reader.TryAcquire(out _));
            Assert.Equal(4, camera.Writer.FreeLeases);
        }

        Assert.Equal(1, camera.Host.NextDeparture().Id);
        Assert.Equal(6, camera.Writer.FreeLeases);
        Assert.Equal(0, camera.Writer.Statistics.Consumers);
    }

    [Fact]
    public void WhenTheLeasesAreGoneAConsumerCopies()
    {
        using var camera = new TestCamera(leaseLimit: 3);
        using FrameQueueConnection first = FrameQueueConnection.Connect(camera.Path);
        using FrameQueueConnection second = FrameQueueConnection.Connect(camera.Path);
        using FrameQueueConnection third = FrameQueueConnection.Connect(camera.Path, PixelFormatInfo.Of(PixelFormat.I420).FourCC);
        Assert.Equal((2, 1, 0), (first.Reader.Share, second.Reader.Share, third.Reader.Share));
        Queues.PublishOne(camera.Writer);
        using var copy = new FrameBuffer(third.Reader.Layout, third.Reader.Matrix, third.Reader.Range);
        Assert.False(third.Reader.TryAcquire(out _));
        Assert.True(third.Reader.TryCopyNewest(copy.View, out CopiedFrame frame));
        Assert.Equal(1ul, frame.Sequence);
    }

    [Fact]
    public void AFormatTheCameraDoesNotHaveIsRefusedInASentence()
    {
        using var camera = new TestCamera();
        QueueException refusal = Assert.Throws<QueueException>(() => FrameQueueConnection.Connect(camera.Path, FourCC.Pack("NV12")));
        Assert.Equal(QueueError.Refused, refusal.Error);
        Assert.Equal("The camera refuses: the camera has no 'NV12'.", refusal.Message);
        Assert.Empty(camera.Host.Arrivals);
    }

    [Fact]
    public void NobodyThereIsToldApart()
    {
        QueueException failure = Assert.Throws<QueueException>(() => FrameQueueConnection.Connect("/nonexistent/queue"));
        Assert.Equal(QueueError.NoSuchQueue, failure.Error);
    }

    [Fact]
    public void ANewQueueReachesEveryConsumerOfTheOldOne()
    {
        using var camera = new TestCamera();
        using FrameQueueConnection connection = FrameQueueConnection.Connect(camera.Path);
        FrameQueueWriter old = camera.Writer;
        Queues.PublishOne(old);
        Assert.True(connection.Reader.TryAcquire(out FrameLease lease));
        FrameQueueReader before = connection.Reader;

        var larger = FrameLayout.Packed(PixelFormat.I420, 128, 96);
        camera.Writer = FrameQueueWriter.Create(Queues.Options(6, larger, generation: 2));
        camera.Host.Queue = camera.Writer;
        camera.Server.Replace(old, camera.Writer);
        old.Supersede();

        Assert.Equal(QueueEvent.NewQueue, connection.Wait(lease.Sequence, MonotonicClock.Now + 10_000_000_000));
        Assert.Equal((2ul, larger), (connection.Reader.Generation, connection.Reader.Layout));
        Assert.Equal(QueueState.Superseded, before.State);
        Assert.True(before.Release(lease));
        Queues.PublishOne(camera.Writer);
        Assert.Equal(QueueEvent.Frame, connection.Wait(0, MonotonicClock.Now + 10_000_000_000));
    }

    [Fact]
    public void AConsumerThatSleepsHearsTheProducerHangUp()
    {
        var camera = new TestCamera();
        using FrameQueueConnection connection = FrameQueueConnection.Connect(camera.Path);
        camera.Host.NextArrival();
        QueueEvent heard = QueueEvent.TimedOut;
        var sleeper = new Thread(() => heard = connection.Wait(0, MonotonicClock.Now + 20_000_000_000));
        sleeper.Start();
        camera.Server.Dispose();
        sleeper.Join();
        Assert.Equal(QueueEvent.Ended, heard);
        Assert.False(File.Exists(camera.Path));
        camera.Dispose();
    }

    [Fact]
    public void AConsumerThatSleepsOnItsSocketIsWokenByAMessage()
    {
        using var camera = new TestCamera();
        using FrameQueueConnection connection = FrameQueueConnection.Connect(camera.Path);
        camera.Host.NextArrival();
        QueueEvent heard = QueueEvent.TimedOut;
        var sleeper = new Thread(() => heard = connection.Wait(0, MonotonicClock.Now + 20_000_000_000));
        sleeper.Start();

        // Three frame times without a frame: then it sleeps on its socket, and the thread's state says so.
        sleeper.Join(300);
        Queues.PublishOne(camera.Writer);
        sleeper.Join();
        Assert.Equal(QueueEvent.Frame, heard);
        Assert.Equal(1, camera.Writer.Statistics.Messages + camera.Writer.Statistics.FutexWakes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(64)]
    public void WhatIsNoHelloIsHungUpOn(int length)
    {
        using var camera = new TestCamera();
        using FileDescriptor socket = UnixSocket.Connect(camera.Path, UnixSocketType.SequencedPacket);
        UnixSocket.Send(socket, new byte[length]);
        using ReceivedMessage answer = UnixSocket.Receive(socket, new byte[64]);
        Assert.True(answer.IsClosed);
        using FrameQueueConnection next = FrameQueueConnection.Connect(camera.Path);
        Assert.Equal(2, next.Reader.Share);
    }

    [Fact]
    public void AProducerThatHangsUpBeforeItAnswersIsDisconnectedHoweverEarly()
    {
        using var camera = new TestCamera();
        string path = camera.Path + "-deaf";
        using FileDescriptor listener = UnixSocket.Listen(path, UnixSocketType.SequencedPacket);
        bool stop = false;
        var deaf = new Thread(() =>
        {
            while (!Volatile.Read(ref stop)) UnixSocket.Accept(listener).Dispose();
        });
        deaf.Start();
        for (int round = 0; round < 300; round++)
            Assert.Equal(QueueError.Disconnected, Assert.Throws<QueueException>(() => FrameQueueConnection.Connect(path)).Error);
        Volatile.Write(ref stop, true);
        UnixSocket.Connect(path, UnixSocketType.SequencedPacket).Dispose();
        deaf.Join();
    }
}
