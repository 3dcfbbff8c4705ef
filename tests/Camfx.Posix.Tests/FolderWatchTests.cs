namespace Camfx.Posix.Tests;

public sealed class FolderWatchTests
{
    private const long Patience = 20_000_000_000;

    [Fact]
    public void AFileThatIsMadeOrMovedIntoTheFolderIsTold()
    {
        using var folder = new TemporaryFolder();
        string watched = Directory.CreateDirectory(folder.At("watched")).FullName;
        using (FolderWatch watch = FolderWatch.Create(watched))
        {
            Assert.False(Heard(watch, 0));
            File.WriteAllText(Path.Combine(watched, "made"), "");
            Assert.True(Heard(watch, Patience));
        }

        File.WriteAllText(folder.At("elsewhere"), "");
        using (FolderWatch watch = FolderWatch.Create(watched))
        {
            Assert.False(Heard(watch, 0));
            File.Move(folder.At("elsewhere"), Path.Combine(watched, "moved"));
            Assert.True(Heard(watch, Patience));
        }
    }

    [Fact]
    public void TheFoldersOwnEndIsTold()
    {
        using var folder = new TemporaryFolder();
        string inner = Directory.CreateDirectory(folder.At("inner")).FullName;
        using FolderWatch watch = FolderWatch.Create(inner);
        Directory.Delete(inner);
        Assert.True(Heard(watch, Patience));
    }

    [Fact]
    public void WhatGoesAwayOrGetsOtherPermissionsIsToldToWhoAsksForIt()
    {
        using var folder = new TemporaryFolder();
        string watched = Directory.CreateDirectory(folder.At("watched")).FullName, file = Path.Combine(watched, "file");
        File.WriteAllText(file, "");
        using FolderWatch appeared = FolderWatch.Create(watched);
        using FolderWatch removed = FolderWatch.Create(watched, FolderChanges.Removed);
        using FolderWatch permissions = FolderWatch.Create(watched, FolderChanges.Permissions);

        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch); // told as a change of permissions is
        Assert.True(Heard(permissions, Patience));
        Assert.False(Heard(removed, 0));
        File.Delete(file);
        Assert.True(Heard(removed, Patience));
        Assert.False(Heard(appeared, 0));
    }

    [Fact]
    public void AFolderThatIsNotThereCannotBeWatched()
    {
        using TemporaryFolder folder = new();
        PosixException failure = Assert.Throws<PosixException>(() => FolderWatch.Create(folder.At("missing")));
        Assert.Equal(Errno.ENOENT, failure.Errno);
    }

    private static bool Heard(FolderWatch watch, long timeoutNs) =>
        Poll.Wait([new PollDescriptor(watch.Descriptor, PollEvents.Readable)], timeoutNs) > 0;
}
