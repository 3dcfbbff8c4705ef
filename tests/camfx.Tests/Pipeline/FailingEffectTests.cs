using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Pipeline;

namespace Camfx.Tests.Pipeline;

/// <summary>Effects and sources that break in ways they do not promise.</summary>
public sealed class FailingEffectTests
{
    private readonly ScriptedSources _script = new();

    public FailingEffectTests() => FragileEffect.Add();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void AnEffectThatThrowsIsLeftOutAndTheCameraGoesOn(int inPlace)
    {
        string word = $"pipeline {inPlace}";
        using WatchedCamera camera = new("flat:100", _script.Pool, effects: [$"fragile:when={word},inplace={inPlace}", "fragile"]);
        camera.AwaitPicture(102);
        FragileEffect.Words[word] = true;
        byte luma;
        while ((luma = camera.NextPicture()) != 101) Assert.Equal(102, luma);
        for (int i = 0; i < 10; i++) Assert.Equal(101, camera.NextPicture());
        camera.AssertNoGap();

        WatchedCamera.Await(() => camera.Camera.StateReason is not null, "it says so");
        Assert.Matches("^The effect 'fragile' failed and is left out: The glass has a crack; .*\\.$", camera.Camera.StateReason);
        Assert.Equal((CameraState.Streaming, 1L, 0.0), (camera.Camera.State, camera.Camera.Figures().Faults, camera.Camera.CostMs("1")));
        Assert.Equal([camera.Camera.StateReason!], camera.Camera.Problems);
        Assert.Equal((camera.Camera.StateReason, null), (camera.Camera.ProblemOf("1"), camera.Camera.ProblemOf("2")));

        // The next chain has it again.
        FragileEffect.Words.TryRemove(word, out _);
        ImmutableArray<EffectSetting> chain = camera.Camera.Effects;
        camera.Camera.SetEffects([chain[0], chain[1], EffectSetting.Parse("3", "fragile")]);
        camera.AwaitPicture(103);
        Assert.Null(camera.Camera.StateReason);
    }

    [Fact]
    public void ASourceThatThrowsIsTriedAgainAlsoWhenItCannotBeClosed()
    {
        using WatchedCamera camera = new("throwing:100", _script.Pool);
        camera.AwaitCard();
        WatchedCamera.Await(() => camera.Camera.StateReason == "The source throwing:100 failed: It was not thought of.", "it says so");
        _script.Fails = false;
        camera.AwaitPicture(100);
        camera.Camera.SetSource("flat:60");
        camera.AwaitPicture(60);
        WatchedCamera.Await(() => camera.Camera.Figures().Faults >= 3, "failing, closing and closing at last are counted");
    }
}
