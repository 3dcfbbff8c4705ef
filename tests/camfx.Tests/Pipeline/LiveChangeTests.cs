using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Effects;
using Camfx.Effects.Plugin;
using Camfx.Tests.Infrastructure;

namespace Camfx.Tests.Pipeline;

/// <summary>A camera that is changed while it is watched, seen as a program sees it: through its queue.</summary>
public sealed class LiveChangeTests
{
    private readonly ScriptedSources _script = new();

    [Fact]
    public void TwoHundredChangesOfSourceAndEffectsLeaveNoGapNoTornFrameAndNoCard()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        camera.AwaitPicture(100);
        for (int i = 1; i <= 67; i++)
        {
            byte luma = i % 2 == 0 ? (byte)100 : (byte)50;
            Change(camera, () => camera.Camera.SetSource($"flat:{luma}"), luma);
            Change(camera, () => camera.Camera.SetEffects([Lighter(), .. i % 2 == 0 ? [Mirror()] : Array.Empty<EffectSetting>()]), luma + 44);
            Change(camera, () => camera.Camera.SetEffects([]), luma);
        }

        camera.AssertNoGap();
        Assert.Equal(1UL, camera.Reader.Generation);
        WatchedCamera.Await(() => !_script.IsOpen("flat:100"), "the source before is closed");
        Assert.True(_script.IsOpen("flat:50"));
    }

    [Fact]
    public void TheOldPictureStaysUntilTheNewSourceHasItsFirst()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        camera.AwaitPicture(100);
        camera.Camera.SetSource("slow:50");
        for (int i = 0; i < 10; i++) Assert.Equal(100, camera.NextPicture());
        Assert.True(_script.IsOpen("flat:100"));
        _script.SlowOnesAreThere = true;
        Change(camera, () => { }, 50);
        camera.AssertNoGap();
        WatchedCamera.Await(() => !_script.IsOpen("flat:100"), "the source before is closed");
    }

    [Fact]
    public void ASourceThatTakesTooLongHasItsCardAndTheOldOneIsClosed()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        camera.AwaitPicture(100);
        camera.Camera.SetSource("slow:50");
        int pictures = 0;
        for (camera.Next(); !camera.IsCard; camera.Next()) Assert.True(++pictures <= 70, "half a second is over");
        Assert.True(pictures > 5, "the picture does not stay");
        WatchedCamera.Await(() => !_script.IsOpen("flat:100"), "the source before is closed");
        _script.SlowOnesAreThere = true;
        camera.AwaitPicture(50);
    }

    [Fact]
    public void ASourceThatCannotWorkIsRefusedAndNothingChanges()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        camera.AwaitPicture(100);
        CamfxException refusal = Assert.Throws<CamfxException>(() => camera.Camera.SetSource("broken:1"));
        Assert.Equal(ExitCode.NoSuchThing, refusal.ExitCode);
        Assert.Throws<CamfxException>(() => camera.Camera.SetSource($"queue:{camera.Camera.Options.Name}"));
        Assert.Equal("flat:100", camera.Camera.Options.Source);
        for (int i = 0; i < 5; i++) Assert.Equal(100, camera.NextPicture());
    }

    [Fact]
    public void ACameraThatCanBeOpenedOnlyOnceIsOpenedAnewWithoutACard()
    {
        using WatchedCamera camera = new("single:100", _script.Pool);
        camera.AwaitPicture(100);
        camera.Camera.SetSource("single:60");
        byte luma;
        while ((luma = camera.NextPicture()) != 60) Assert.Equal(100, luma);
        Assert.Equal(1, _script.Opened("single:60"));
    }

    [Fact]
    public void OfTwoSourcesInARowTheLastIsShown()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        camera.AwaitPicture(100);
        camera.Camera.SetSource("slow:50");
        camera.NextPicture();
        camera.Camera.SetSource("flat:60");
        Change(camera, () => { }, 60);
        WatchedCamera.Await(() => !_script.IsOpen("slow:50"), "the one in between is closed");
    }

    [Fact]
    public void AChangeWhileNobodyWatchesOpensNothing()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        camera.Camera.SetSource("slow:60");
        camera.AwaitCard();
        _script.SlowOnesAreThere = true;
        camera.AwaitPicture(60);
        Assert.Equal(0, _script.Opened("flat:100"));
        Assert.Equal(1, _script.Opened("slow:60"));
    }

    [Fact]
    public void AChainIsTakenAsAWholeOrNotAtAll()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool, effects: ["mirror"]);
        camera.AwaitPicture(100);
        ImmutableArray<EffectSetting> before = camera.Camera.Effects;
        Assert.Throws<CamfxException>(() => camera.Camera.SetEffects([Lighter(), EffectSetting.Parse("9", "crop:width=5000%")]));
        Assert.Throws<CamfxException>(() => camera.Camera.SetEffects([Lighter(), EffectSetting.Parse("9", "sparkle")]));
        Assert.Throws<CamfxException>(() => camera.Camera.SetEffects([Lighter(), Lighter()]));
        Assert.Equal(before, camera.Camera.Effects);
        for (int i = 0; i < 5; i++) Assert.Equal(100, camera.NextPicture());
    }

    [Fact]
    public void AnEffectThatStaysIsNotMadeAnew()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool, effects: ["mirror", "text:value=hello"]);
        IEffect[] before = [.. camera.Camera.EffectInstances];
        ImmutableArray<EffectSetting> chain = camera.Camera.Effects;
        camera.Camera.SetEffects([chain[1] with { Enabled = false }, Lighter(), chain[0]]);
        IEffect[] after = [.. camera.Camera.EffectInstances];
        Assert.Same(before[1], after[0]);
        Assert.Same(before[0], after[2]);
        camera.Camera.SetEffects([chain[1] with { Parameters = chain[1].Parameters.SetItem("value", "bye") }]);
        Assert.NotSame(before[1], camera.Camera.EffectInstances.Single());
    }

    [Fact]
    public void AnEffectThatIsNotEnabledIsNotRunAndCostsNothing()
    {
        using WatchedCamera camera = new("flat:100", _script.Pool);
        camera.Camera.SetEffects([Lighter()]);
        camera.AwaitPicture(144);
        Assert.True(camera.Camera.CostMs("lighter") > 0);
        Change(camera, () => camera.Camera.SetEffects([Lighter() with { Enabled = false }]), 100);
        Assert.Equal(0, camera.Camera.CostMs("lighter"));
        Change(camera, () => camera.Camera.SetEffects([Lighter()]), 144);
        Assert.Equal(0, camera.Camera.CostMs("nobody"));
    }

    [SkippableFact]
    public void AProgramThatStaysInTheChainGoesOnAndOneThatLeavesItEnds()
    {
        Skip.IfNot(File.Exists("/usr/bin/python3"), "python3 is not installed; run 'make test'");
        string program = Path.Combine(BuiltCamfx.Repository, "tests", "camfx.Tests", "Plugins", "plugin.py");
        using WatchedCamera camera = new("flat:100", _script.Pool, effects: [$"plugin:path={program},args=mark"]) { IsFlat = false };
        PluginEffect plugin = camera.Camera.EffectInstances.OfType<PluginEffect>().Single();
        while (plugin.Statistics.Shown == 0) camera.NextPicture();
        int process = plugin.Statistics.ProcessId;
        EffectSetting setting = camera.Camera.Effects[0];
        ImmutableArray<EffectSetting>[] chains = [[Lighter(), setting], [setting with { Enabled = false }], [setting, Lighter()], [setting]];
        foreach (ImmutableArray<EffectSetting> chain in chains)
        {
            camera.Camera.SetEffects(chain);
            for (int i = 0; i < 10; i++) camera.NextPicture();
        }

        Assert.Equal((process, 0L), (plugin.Statistics.ProcessId, plugin.Statistics.Restarts));
        camera.Camera.SetEffects([]);
        WatchedCamera.Await(() => !Directory.Exists($"/proc/{process}"), "the program has ended");
        camera.AssertNoGap();
    }

    private static EffectSetting Lighter() => EffectSetting.Parse("lighter", "brightness:value=20");

    private static EffectSetting Mirror() => EffectSetting.Parse("mirror", "mirror");

    /// <summary>A change is in the second frame that is begun after it, at the latest, and there is nothing between the pictures before and after.</summary>
    private static void Change(WatchedCamera camera, Action change, int luma)
    {
        byte before = camera.NextPicture();
        change();
        for (int frame = 1; ; frame++)
        {
            byte now = camera.NextPicture();
            if (now == luma) return;
            Assert.Equal(before, now);

            // One was published before the change, one was being drawn.
            Assert.True(frame < 3, $"{now} is still shown after {frame} frames, and not {luma}");
        }
    }
}
