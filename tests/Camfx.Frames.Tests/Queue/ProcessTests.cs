using Camfx.Frames.Queue;
using Camfx.Posix;

namespace Camfx.Frames.Tests.Queue;

/// <summary>The queue between processes, with the readers that are shipped for C and Python.</summary>
public sealed unsafe class ProcessTests
{
    private static readonly FrameLayout s_layout = FrameLayout.Packed(PixelFormat.I420, 640, 360);

    [SkippableFact]
    public void NoReaderAcceptsATornFrameHoweverFastTheProducer()
    {
        Skip.IfNot(ForeignReader.HasCompiler, "gcc is not installed");
        using var camera = new TestCamera(s_layout, leaseLimit: 4);
        ForeignReader[] readers =
        [
            ForeignReader.InC(camera.Path, "lease", 2000), ForeignReader.InC(camera.Path, "slow", 150), ForeignReader.InC(camera.Path, "copy", 1000),
        ];
        string[] results = PublishUntil(camera.Writer, readers);
        foreach (string result in results) Assert.Contains(" torn 0 ", result, StringComparison.Ordinal);
        Assert.EndsWith(" lost 0", results[1], StringComparison.Ordinal);
        foreach (ForeignReader reader in readers) camera.Host.NextDeparture();
        Assert.Equal(4, camera.Writer.FreeLeases);
    }

    [SkippableTheory]
    [InlineData("lease")]
    [InlineData("copy")]
    public void TheCReaderBuiltForArm64ReadsWholeFrames(string mode)
    {
        Skip.IfNot(ForeignReader.HasArm, "gcc-aarch64-linux-gnu or qemu-user is not installed");
        using var camera = new TestCamera();
        Assert.Contains(" torn 0 ", PublishUntil(camera.Writer, ForeignReader.InCForArm(camera.Path, mode, 100))[0], StringComparison.Ordinal);
    }

    [SkippableFact]
    public void ThePythonReaderReadsWholeFrames()
    {
        Skip.IfNot(ForeignReader.HasPython, "python3 (3.9 or later) is not installed");
        using var camera = new TestCamera();
        Assert.Equal(["frames 50 torn 0"], PublishUntil(camera.Writer, ForeignReader.InPython(camera.Path, 50)));
        camera.Host.NextDeparture();
        Assert.Equal(6, camera.Writer.FreeLeases);
    }

    [SkippableFact]
    public void AKilledReaderGivesItsLeasesBack()
    {
        Skip.IfNot(ForeignReader.HasCompiler, "gcc is not installed");
        using var camera = new TestCamera(s_layout);
        for (int round = 0; round < 20; round++)
        {
            using var reader = ForeignReader.InC(camera.Path, "hold", 1);
            FrameQueueClient client = camera.Host.NextArrival();
            Assert.Equal(reader.Id, client.ProcessId);
            Assert.StartsWith("camfx-queue", client.Name, StringComparison.Ordinal);
            Draw(camera.Writer);
            Assert.Equal("holding", reader.NextLine());
            Draw(camera.Writer);
            Assert.Equal(1, camera.Writer.Statistics.Leased);
            reader.Kill();
            Assert.Equal(client, camera.Host.NextDeparture());
            Draw(camera.Writer);
            Assert.Equal(0, camera.Writer.Statistics.Leased);
            Assert.Equal(6, camera.Writer.FreeLeases);
        }
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void AProducerThatDoesNotAnswerIsNotWaitedForWithoutEnd(bool python)
    {
        Skip.IfNot(python ? ForeignReader.HasPython : ForeignReader.HasCompiler, "python3 (3.9 or later) or gcc is not installed");
        string folder = Directory.CreateTempSubdirectory("camfx-").FullName;
        string path = Path.Combine(folder, "silent");
        using (UnixSocket.Listen(path, UnixSocketType.SequencedPacket))
            Assert.Contains("does not answer", ForeignReader.Complaint(path, python), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static string[] PublishUntil(FrameQueueWriter writer, params ForeignReader[] readers)
    {
        string[] results = new string[readers.Length];
        int left = readers.Length;
        Thread[] listeners = [.. readers.Select((reader, i) => new Thread(() =>
        {
            results[i] = reader.NextLine();
            Interlocked.Decrement(ref left);
        }))];
        foreach (Thread listener in listeners) listener.Start();
        while (Volatile.Read(ref left) > 0) Draw(writer);
        foreach (Thread listener in listeners) listener.Join();
        foreach (ForeignReader reader in readers) reader.Dispose();
        return results;
    }

    private static void Draw(FrameQueueWriter writer)
    {
        Assert.True(writer.TryBegin(out FrameSlot slot));
        ulong* words = (ulong*)slot.View.Plane(0);
        ulong first = (writer.NewestSequence + 1) * 0x9e3779b97f4a7c15;
        for (ulong i = 0; i < (ulong)writer.Layout.Size / 8; i++) words[i] = first + i;
        writer.Publish(slot, default);
    }
}
