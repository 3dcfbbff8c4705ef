using System.Collections.Immutable;
using Camfx.Analysis;
using Camfx.Analysis.Segmentation;
using Camfx.Configuration;
using Camfx.Effects;
using Camfx.Frames;
using Camfx.Imaging;
using Camfx.Pipeline;
using Camfx.Tests.Analysis;
using Camfx.Tests.Effects;

namespace Camfx.Tests.Pipeline;

/// <summary>Who asks for what is in front, who gets it, and what is shown when it goes wrong.</summary>
public sealed unsafe class BackgroundChainTests : IDisposable
{
    private const int Width = 320, Height = 192;

    private readonly PlayedSegmenters _played = new();
    private readonly SegmentationStage _stage;
    private readonly FrameBuffer _final = TestPicture.New(Width, Height);
    private readonly List<EffectLink> _links = [];
    private long _time = 1;

    public BackgroundChainTests() => _stage = new SegmentationStage(Width, Height, _played, static () => { });

    public void Dispose()
    {
        _stage.Dispose();
        _final.Dispose();
        foreach (EffectLink link in _links) link.Effect.Dispose();
    }

    [Fact]
    public void NobodyIsLookedForWhereNoEffectAsks()
    {
        using EffectChain chain = Chain(Link("mirror"), Link("blur") with { Setting = EffectSetting.Parse("b", "blur") with { Enabled = false } });
        for (int i = 0; i < 10; i++) Show(chain);
        Assert.Empty(_played.Sources);
        Assert.False(chain.IsAwaiting);
    }

    [Fact]
    public void SeveralEffectsShareOneAnalysisAndOneMatte()
    {
        Asking one = new(), two = new();
        using EffectChain chain = Chain(Link("one", one), Link("mirror"), Link("two", two));
        using EffectChain together = Chain(Link("one", one), Link("brightness"), Link("two", two));
        Assert.True(together.IsAwaiting);
        AwaitMatte(together, one);
        Assert.Same(one.Matte, two.Matte);
        Assert.False(together.IsAwaiting);
        Assert.Single(_played.Sources);

        // The mirror puts people elsewhere: who stands behind it knows nobody.
        Show(chain);
        Assert.NotNull(one.Matte);
        Assert.Null(two.Matte);
    }

    [SkippableFact]
    public void TheFirstEffectThatChoosesCountsAndOneThatIsSwitchedOffDoesNot()
    {
        using Camfx.Tests.Analysis.Onnx.ModelFolder models = new();
        string model = models.Write(new Camfx.Onnx.Tests.Models.ModelWriter().Input("x", 1, 3, 8, 8).Output("y", 1, 3, 8, 8).Node("Identity", "x", "y"));
        EffectLink plate = Link("segment"), onnx = Link($"segment:engine=onnx,model={model}"), blur = Link("blur");
        ISegmenters chosen = ((ISegmentChoice)onnx.Effect).Segmenters!;
        Assert.Null(ChainOrder.ChosenSegmenters([blur]));
        Assert.Same(chosen, ChainOrder.ChosenSegmenters([blur, onnx]));
        Assert.Null(ChainOrder.ChosenSegmenters([plate, blur, onnx]));
        EffectLink off = onnx with { Setting = onnx.Setting with { Enabled = false } };
        Assert.Null(ChainOrder.ChosenSegmenters(ChainOrder.Running([off, blur])));
    }

    [Fact]
    public void ABlurBehindAMirrorHidesEverythingAndSaysWhereItBelongs()
    {
        EffectLink mirror = Link("mirror"), blur = Link("blur");
        ImmutableArray<EffectLink> links = [mirror, blur];
        Assert.Equal(
            "The effect 'blur' counts everything as background behind 'mirror', which moves the picture; put it before 'mirror'.",
            ChainOrder.ProblemOf(links, blur, _stage));
        Assert.Null(ChainOrder.ProblemOf([blur, mirror], blur, _stage));
        Assert.Null(ChainOrder.ProblemOf([mirror with { Setting = mirror.Setting with { Enabled = false } }, blur], blur, _stage));
    }

    [Fact]
    public void WhereTheRoomCannotBeHiddenThePictureIsBlack()
    {
        Asking broken = new() { Failure = new InvalidOperationException("It is torn.") };
        EffectLink link = new(EffectSetting.Parse("1", "blur"), broken, new EffectCost());
        int failures = 0;
        using EffectChain chain = new([link], Width, Height, () => failures++, _stage);
        for (int i = 0; i < 5; i++)
        {
            Show(chain);
            Assert.True(new ReadOnlySpan<byte>(_final.View.Row(0, 0), Width).IndexOfAnyExcept((byte)16) < 0);
        }

        Assert.Equal(1, failures);
        Assert.Equal("The effect 'blur' failed and the picture is black instead: It is torn; change the effects, and it is tried again.", link.Problem);
    }

    /// <summary>What moves things must say so, or a mask would be put where nobody is.</summary>
    [Fact]
    public void EveryKindThatMovesThePictureSaysSo()
    {
        foreach (EffectKind kind in EffectKinds.All)
        {
            if (kind.MovesPicture || kind.Keys.Any(static key => key.Default is null)) continue;
            using FrameBuffer picture = TestPicture.Flat(Width, Height, 60);
            TestPicture.Block(picture, 40, 40, 32, 32, 220, 128, 128);
            using IEffect effect = EffectKinds.Create(kind.Name, TestPicture.Mode(Width, Height));
            using FrameBuffer after = TestPicture.Apply(effect, picture), flat = TestPicture.Flat(Width, Height, 60), flatAfter = TestPicture.Apply(effect, flat);
            (int left, int top, int right, int bottom) = TestPicture.Difference(after, flatAfter, 40);
            if (right < 0) continue;
            Assert.True(left >= 24 && top >= 24 && right < 88 && bottom < 88, $"{kind.Name} moves the picture and does not say so");
        }
    }

    private EffectLink Link(string spec) => Link(spec, EffectKinds.Create(spec, TestPicture.Mode(Width, Height)));

    private EffectLink Link(string id, IEffect effect)
    {
        EffectLink link = new(EffectSetting.Parse($"{id} {_links.Count}", id.Split(' ')[0]), effect, new EffectCost());
        _links.Add(link);
        return link;
    }

    private EffectChain Chain(params EffectLink[] links) => new([.. links], Width, Height, static () => Assert.Fail("an effect failed"), _stage);

    private void Show(EffectChain chain)
    {
        FrameView first = chain.First(_final.View);
        Fill.Solid(first, 60, 128, 128);
        chain.Apply(_final.View, _time, new PictureOrigin("test:", _time += 1_000_000));
    }

    private void AwaitMatte(EffectChain chain, Asking asking) => WatchedCamera.Await(
        () =>
        {
            Show(chain);
            return asking.Matte is not null;
        },
        "a matte");

    /// <summary>Keeps what it gets.</summary>
    private sealed class Asking : IBackgroundEffect
    {
        public Matte? Matte { get; private set; }

        public Exception? Failure { get; init; }

        public bool IsInPlace => true;

        public void Apply(in FrameView source, in FrameView target, long presentationTime, Matte? matte)
        {
            Matte = matte;
            if (Failure is { } failure) throw failure;
        }

        public void Dispose()
        {
        }
    }
}
