using Camfx.Analysis;
using Camfx.Analysis.Plates;
using Camfx.Frames;
using Camfx.Imaging;
using Camfx.Tests.Effects;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Analysis;

public sealed class PlateStoreTests : IDisposable
{
    private const string Source = "rtsp://me:secret@house/door";

    private readonly TemporaryFolder _folder = new();
    private readonly PlateStore _store;

    public PlateStoreTests() => _store = new PlateStore(() => _folder.File("plates"), "my camera/1");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatIsKeptIsThereAgainForThisCameraAndSourceOnly()
    {
        _store.Keep(Source, Scene());
        using ISegmenter made = new PlateStore(() => _folder.File("plates"), "my camera/1").Make(Source, 64, 36);
        Assert.Null(made.Problem);
        Assert.Equal(ExitCode.NoSuchThing, Refused(() => _store.Make("test:bars", 64, 36)).ExitCode);
        Assert.Equal(ExitCode.NoSuchThing, Refused(() => new PlateStore(() => _folder.File("plates"), "other").Make(Source, 64, 36)).ExitCode);
        Assert.Equal("There is no picture of the empty scene; run camfx calibrate and step aside.", Refused(() => _store.Make("test:bars", 64, 36)).Message);
        Assert.Equal("The picture of the empty scene has another shape than the camera; run camfx calibrate and step aside.", Refused(() => _store.Make(Source, 64, 48)).Message);
    }

    [Fact]
    public void NobodyElseMayReadItAndItsNameKeepsTheSecret()
    {
        _store.Keep(Source, Scene());
        string path = Assert.Single(Directory.GetFiles(_folder.File("plates")));
        Assert.DoesNotContain("secret", path, StringComparison.Ordinal);
        Assert.StartsWith("my%20camera%2F1-", Path.GetFileName(path), StringComparison.Ordinal);
        if (OperatingSystem.IsLinux()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void ADamagedFileIsToBeTakenAgain()
    {
        _store.Keep(Source, Scene());
        File.WriteAllBytes(_store.PathOf(Source), new byte[100]);
        Assert.Matches("^The picture of the empty scene cannot be read \\(.*\\); run camfx calibrate and step aside\\.$", Refused(() => _store.Make(Source, 64, 36)).Message);
    }

    private static CamfxException Refused(Func<ISegmenter> make) => Assert.Throws<CamfxException>(make);

    private static EmptyScene Scene()
    {
        EmptySceneRecorder recorder = new(64, 36);
        using FrameBuffer picture = TestPicture.Flat(64, 36, 90);
        for (int i = 0; i < 30; i++) recorder.Add(picture.View);
        return recorder.Finish();
    }
}
