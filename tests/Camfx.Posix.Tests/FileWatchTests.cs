namespace Camfx.Posix.Tests;

public sealed class FileWatchTests
{
    private const long Patience = 20_000_000_000;

    [Fact]
    public void ThatSomebodyLetsGoOfTheFileIsTold()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("file"), "");
        using FileStream held = File.OpenRead(folder.At("file"));
        using FileWatch watch = FileWatch.Create(folder.At("file"));
        Assert.False(Heard(watch, 0));
        held.Dispose();
        Assert.True(Heard(watch, Patience));
        Assert.True(watch.Drain());
        Assert.False(Heard(watch, 0));
    }

    [Fact]
    public void OtherPermissionsAreTold()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("file"), "");
        using FileWatch watch = FileWatch.Create(folder.At("file"));
        File.SetLastWriteTimeUtc(folder.At("file"), DateTime.UnixEpoch); // told as a change of permissions is
        Assert.True(Heard(watch, Patience));
    }

    [Fact]
    public void ItsEndIsTold()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("file"), "");
        using FileWatch watch = FileWatch.Create(folder.At("file"));
        File.Delete(folder.At("file"));
        Assert.True(Heard(watch, Patience));
    }

    [Fact]
    public void AFileThatIsNotThereCannotBeWatched()
    {
        using TemporaryFolder folder = new();
        PosixException failure = Assert.Throws<PosixException>(() => FileWatch.Create(folder.At("missing")));
        Assert.Equal(Errno.ENOENT, failure.Errno);
    }

    private static bool Heard(FileWatch watch, long timeoutNs) =>
        Poll.Wait([new PollDescriptor(watch.Descriptor, PollEvents.Readable)], timeoutNs) > 0;
}
