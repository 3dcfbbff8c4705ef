using System.Diagnostics;
using System.Runtime.InteropServices;
using Camfx.Frames.Queue;
using Camfx.Frames.Queue.Wire;
using Camfx.Posix;

namespace Camfx.Frames.Tests.Queue;

/// <summary>The producers that are shipped for C and Python, held to what docs/frame-queue.md asks of one.</summary>
public sealed unsafe class ForeignProducerTests : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("camfx-").FullName;

    private string Socket => Path.Combine(_folder, "queues", "test");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("C", 2000)]
    [InlineData("C for arm64", 200)]
    [InlineData("Python", 200)]
    public void FramesAreWholeAndInOrderHoweverFastTheyCome(string language, int frames)
    {
        using var producer = ForeignProducer.Start(language, Socket, 320, 180);
        using FrameQueueConnection connection = FrameQueueConnection.Connect(Socket);
        producer.Run();
        ulong last = 0;
        for (int i = 0; i < frames; i++)
        {
            FrameLease lease = Next(connection);
            Assert.True(lease.Sequence > last, "a frame came out of turn");
            Assert.Equal((long)lease.Sequence, lease.Timing.CaptureTime);
            bool seen = HasItsChecksum(lease, connection.Reader);
            if (connection.Reader.Release(lease)) Assert.True(seen, "a torn frame was accepted");
            last = lease.Sequence;
        }
    }

    [SkippableTheory]
    [InlineData("C")]
    [InlineData("Python")]
    public void WhatTheHeaderSaysIsWhatWasAskedFor(string language)
    {
        using var producer = ForeignProducer.Start(language, Socket, 66, 50, leases: 3);
        using FrameQueueConnection connection = FrameQueueConnection.Connect(Socket);
        FrameQueueReader reader = connection.Reader;
        Assert.Equal(FrameLayout.Packed(PixelFormat.I420, 66, 50), reader.Layout);
        Assert.Equal((30, 1, 5, 2), (reader.FrameRateNumerator, reader.FrameRateDenominator, reader.SlotCount, reader.Share));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, FileStatus.OfPath(Path.GetDirectoryName(Socket)!)!.Value.Mode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, FileStatus.OfPath(Socket)!.Value.Mode);
        QueueException refusal = Assert.Throws<QueueException>(() => FrameQueueConnection.Connect(Socket, FourCC.Pack("NV12")));
        Assert.Equal(QueueError.Refused, refusal.Error);
    }

    [SkippableTheory]
    [InlineData("C")]
    [InlineData("Python")]
    public void AFrameThatIsHeldIsNotDrawnOver(string language)
    {
        using var producer = ForeignProducer.Start(language, Socket);
        using FrameQueueConnection connection = FrameQueueConnection.Connect(Socket);
        producer.Publish();
        FrameLease first = Next(connection);
        producer.Publish();
        FrameLease second = Next(connection);
        producer.Publish(20);
        Assert.True(HasItsChecksum(first, connection.Reader) && HasItsChecksum(second, connection.Reader));
        Assert.True(connection.Reader.Release(first));
        Assert.True(connection.Reader.Release(second));
    }

    [SkippableTheory]
    [InlineData("C")]
    [InlineData("Python")]
    public void ASlotThatIsBeingDrawnClaimsNoFrame(string language)
    {
        using var producer = ForeignProducer.Start(language, Socket, leases: 1);
        using FrameQueueConnection connection = FrameQueueConnection.Connect(Socket);
        using MemoryMapping memory = MemoryMapping.Map(connection.Memory, 0, connection.Reader.SlotOffset(0), MapAccess.Read);
        var slots = (SlotDescriptor*)(memory.Address + QueueHeader.Length);
        producer.Publish(3);
        Assert.Equal([1ul, 2ul, 3ul], Sequences());
        producer.Begin();
        Assert.Equal([0ul, 2ul, 3ul], Sequences());
        producer.Abandon();
        producer.Publish(2);
        Assert.Equal([3ul, 4ul, 5ul], Sequences());

        ulong[] Sequences() => [.. new[] { slots[0].Sequence, slots[1].Sequence, slots[2].Sequence }.Order()];
    }

    [SkippableTheory]
    [InlineData("C")]
    [InlineData("C for arm64")]
    [InlineData("Python")]
    public void ALeaseIsTakenBackAfterHalfASecondAndNotBefore(string language)
    {
        using var producer = ForeignProducer.Start(language, Socket, leases: 2);
        using FrameQueueConnection connection = FrameQueueConnection.Connect(Socket);
        producer.Publish();
        FrameLease lease = Next(connection);
        long begin = MonotonicClock.Now;
        while (connection.Reader.IsWhole(lease))
        {
            Assert.True(MonotonicClock.Now - begin < 20 * Second, "the lease was never revoked");
            producer.Publish();
        }

        Assert.True(MonotonicClock.Now - begin >= Second / 2, "the lease was revoked too soon");
        Assert.Equal(1, producer.Ask("revoked"));
        Assert.False(connection.Reader.Release(lease));
    }

    [SkippableTheory]
    [InlineData("C")]
    [InlineData("Python")]
    public void SharesAreLimitedAndThoseOfTheDeadComeBack(string language)
    {
        using var producer = ForeignProducer.Start(language, Socket, leases: 3);
        using FrameQueueConnection first = FrameQueueConnection.Connect(Socket, leases: 60);
        using (FrameQueueConnection second = FrameQueueConnection.Connect(Socket))
        {
            using FrameQueueConnection third = FrameQueueConnection.Connect(Socket);
            Assert.Equal((2, 1, 0), (first.Reader.Share, second.Reader.Share, third.Reader.Share));
            producer.Publish();
            Next(second);
            using var copy = new FrameBuffer(third.Reader.Layout, third.Reader.Matrix, third.Reader.Range);
            Assert.True(third.Reader.TryCopyNewest(copy.View, out CopiedFrame frame));
            Assert.Equal(1ul, frame.Sequence);
            Assert.Equal(3, producer.Ask("consumers"));
        }

        WaitUntil(() => producer.Ask("consumers") == 1, "the dead consumers were not noticed");
        Assert.Equal(1, producer.Ask("free"));
        producer.Publish(10);
    }

    [SkippableTheory]
    [InlineData("C")]
    [InlineData("Python")]
    public void AProducerThatIsKilledIsNoticedAndItsPlaceCanBeTaken(string language)
    {
        using (var producer = ForeignProducer.Start(language, Socket))
        {
            using FrameQueueConnection connection = FrameQueueConnection.Connect(Socket);
            producer.Publish();
            FrameLease lease = Next(connection);
            producer.Kill();
            Assert.Equal(QueueEvent.Ended, connection.Wait(lease.Sequence, MonotonicClock.Now + 20 * Second));
            Assert.True(connection.Reader.Release(lease));
        }

        Assert.True(File.Exists(Socket));
        using var next = ForeignProducer.Start(language, Socket);
        FrameQueueConnection.Connect(Socket).Dispose();
    }

    [SkippableTheory]
    [InlineData("C")]
    [InlineData("Python")]
    public void AProducerThatClosesSaysSoAndTakesItsSocketAway(string language)
    {
        using var producer = ForeignProducer.Start(language, Socket);
        using FrameQueueConnection connection = FrameQueueConnection.Connect(Socket);
        producer.Publish();
        producer.Close();
        Assert.Equal(QueueState.Ended, connection.Reader.State);
        Assert.Equal(QueueEvent.Ended, connection.Wait(1, MonotonicClock.Now + 20 * Second));
        Assert.False(File.Exists(Socket));
    }

    [SkippableTheory]
    [InlineData("C", "C")]
    [InlineData("Python", "Python")]
    [InlineData("C", "Python")]
    public void ASecondProducerOfTheNameIsRefusedInASentence(string language, string other)
    {
        using var producer = ForeignProducer.Start(language, Socket);
        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => ForeignProducer.Start(other, Socket));
        Assert.StartsWith("another program has a queue", refusal.Message, StringComparison.Ordinal);
        FrameQueueConnection.Connect(Socket).Dispose();
    }

    [SkippableTheory]
    [InlineData("C")]
    [InlineData("C for arm64")]
    [InlineData("Python")]
    public void AnotherSizeIsAnotherGenerationToWhichEverybodyIsMoved(string language)
    {
        using var producer = ForeignProducer.Start(language, Socket);
        using FrameQueueConnection connection = FrameQueueConnection.Connect(Socket);
        producer.Publish();
        FrameLease lease = Next(connection);
        FrameQueueReader before = connection.Reader;
        producer.Change(96, 64);
        Assert.Equal(QueueEvent.NewQueue, connection.Wait(lease.Sequence, MonotonicClock.Now + 20 * Second));
        Assert.Equal((QueueState.Superseded, 1ul), (before.State, before.Generation));
        Assert.True(HasItsChecksum(lease, before));
        Assert.Equal((2ul, 96, 2), (connection.Reader.Generation, connection.Reader.Layout.Width, connection.Reader.Share));
        producer.Publish();
        Assert.True(HasItsChecksum(Next(connection), connection.Reader));
    }

    [SkippableTheory]
    [InlineData("C", "lease", 500)]
    [InlineData("C", "python", 20)]
    [InlineData("Python", "lease", 50)]
    [InlineData("Python", "copy", 50)]
    [InlineData("Python", "python", 20)]
    public void TheOtherLanguagesReadersTakeWholeFramesFromIt(string language, string reader, int frames)
    {
        Skip.IfNot(ForeignReader.HasCompiler && ForeignReader.HasPython, "gcc or python3 is not installed");
        using var producer = ForeignProducer.Start(language, Socket);
        using ForeignReader other = reader == "python" ? ForeignReader.InPython(Socket, frames) : ForeignReader.InC(Socket, reader, frames);
        producer.Run();
        string result = other.NextLine();
        Assert.Contains(" torn 0", result, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("C")]
    [InlineData("Python")]
    public void AConsumerThatScribblesOverItsPageStopsNothing(string language)
    {
        using var producer = ForeignProducer.Start(language, Socket, leases: 2);
        using FrameQueueConnection honest = FrameQueueConnection.Connect(Socket, leases: 0);
        using FileDescriptor socket = UnixSocket.Connect(Socket, UnixSocketType.SequencedPacket);
        using ReceivedMessage welcome = Greet(socket);
        using FileDescriptor control = welcome.TakeDescriptor(1);
        using MemoryMapping page = MemoryMapping.Map(control, 0, MemoryMapping.PageSize, MapAccess.ReadWrite);
        var random = new Random(1);
        using var copy = new FrameBuffer(honest.Reader.Layout, honest.Reader.Matrix, honest.Reader.Range);
        for (ulong sequence = 1; sequence <= 100; sequence++)
        {
            random.NextBytes(new Span<byte>(page.Address, MemoryMapping.PageSize));
            ulong* words = (ulong*)(page.Address + 0x80);
            for (int i = 0; i < WireFormat.MaxShare; i++) words[i] = new FrameWord(sequence - (ulong)random.Next(3), random.Next(4)).Value;
            producer.Publish();
            Assert.True(honest.Reader.TryCopyNewest(copy.View, out CopiedFrame frame));
            Assert.Equal(sequence, frame.Sequence);
        }
    }

    [SkippableTheory]
    [InlineData("C")]
    [InlineData("Python")]
    public void WhoSaysNonsenseIsHungUpOnAndWhoSaysNothingHoldsNobodyUp(string language)
    {
        using var producer = ForeignProducer.Start(language, Socket);
        using FileDescriptor silent = UnixSocket.Connect(Socket, UnixSocketType.SequencedPacket);
        using FileDescriptor noisy = UnixSocket.Connect(Socket, UnixSocketType.SequencedPacket);
        UnixSocket.Send(noisy, new byte[32]);
        using ReceivedMessage answer = UnixSocket.Receive(noisy, new byte[64]);
        Assert.True(answer.IsClosed);
        using FrameQueueConnection connection = FrameQueueConnection.Connect(Socket);
        producer.Publish();
        Assert.Equal(1, producer.Ask("consumers"));
        Assert.True(Poll.Wait([new PollDescriptor(silent, PollEvents.Readable)], 20 * Second) > 0, "a silent consumer is not hung up on");
        using ReceivedMessage end = UnixSocket.Receive(silent, new byte[64]);
        Assert.True(end.IsClosed, "a consumer may be silent for two seconds, not longer");
    }

    [SkippableTheory]
    [InlineData("C")]
    [InlineData("Python")]
    public void AnotherUsersProgramGetsNothing(string language)
    {
        Skip.IfNot(Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv"), "only root can become another user");
        using var producer = ForeignProducer.Start(language, Socket);

        // The folder's and the socket's modes keep others out already; what is tested is the look at who they are behind it.
        using (Process open = Process.Start("/bin/chmod", ["0777", _folder, Path.GetDirectoryName(Socket)!, Socket])) open.WaitForExit();
        const string Foreigner = "import socket,struct,sys\n"
            + "s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET); s.connect(sys.argv[1])\n"
            + "try:\n"
            + "    s.send(struct.pack('<IIQIIQ', 1, 1, int.from_bytes(b'CAMFXQUE', 'little'), 0, 2, 0))\n"
            + "    data, fds, _, _ = socket.recv_fds(s, 512, 2)\n"
            + "    print(data[0], len(fds), data[16:].rstrip(bytes(1)).decode())\n"
            + "except ConnectionError: print('hung up on')";
        using Process foreigner = Process.Start(new ProcessStartInfo(
            "/usr/bin/setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/python3", "-c", Foreigner, Socket])
        { RedirectStandardOutput = true })!;

        // A HELLO that nobody read takes the refusal with it when the producer hangs up.
        Assert.Contains(foreigner.StandardOutput.ReadLine(), new[] { "3 0 the producer belongs to another user", "hung up on" });
        foreigner.WaitForExit();
    }

    private static FrameLease Next(FrameQueueConnection connection)
    {
        while (true)
        {
            Assert.Equal(QueueEvent.Frame, connection.Wait(connection.Reader.LastSequence, MonotonicClock.Now + 20 * Second));
            if (connection.Reader.TryAcquire(out FrameLease lease)) return lease;
        }
    }

    private static bool HasItsChecksum(in FrameLease lease, FrameQueueReader reader)
    {
        ulong* words = (ulong*)lease.View.Plane(0);
        ulong first = lease.Sequence * 0x9e3779b97f4a7c15;
        for (ulong i = 0; i < (ulong)reader.Layout.Size / 8; i++)
            if (words[i] != first + i) return false;
        return true;
    }

    private static void WaitUntil(Func<bool> condition, string otherwise)
    {
        long begin = MonotonicClock.Now;
        while (!condition()) Assert.True(MonotonicClock.Now - begin < 20 * Second, otherwise);
    }

    private static ReceivedMessage Greet(FileDescriptor socket)
    {
        var hello = new HelloMessage { Kind = MessageKind.Hello, Version = WireFormat.Version, Magic = WireFormat.QueueMagic, Leases = 2 };
        UnixSocket.Send(socket, MemoryMarshal.AsBytes(new ReadOnlySpan<HelloMessage>(in hello)));
        return UnixSocket.Receive(socket, new byte[64], maximumDescriptors: 2);
    }
}
