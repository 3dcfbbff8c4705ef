using Camfx.Configuration;
using Camfx.Effects;
using Camfx.Effects.Ffmpeg;
using Camfx.Frames;
using Camfx.Posix;

namespace Camfx.Tests.Effects.Ffmpeg;

/// <summary>At one frame a second a graph has half a second for each: enough on a busy machine.</summary>
public sealed class FfmpegEffectTests
{
    private const long Patience = 20_000_000_000;

    [Fact]
    public void The_picture_is_what_the_graph_makes_of_it()
    {
        using FfmpegEffect effect = Create("graph=negate");
        using FrameBuffer source = TestPicture.Flat(128, 72, 40), result = TestPicture.Apply(effect, source);
        Assert.Equal(215, TestPicture.Luma(result, 64, 36), 1.0);
        Assert.Null(effect.Problem);
        Assert.False(effect.IsAwaited);
    }

    [Fact]
    public void A_picture_of_another_shape_stands_between_bars()
    {
        using FfmpegEffect effect = Create("graph=\"crop=72:72,scale=36:36\"");
        using FrameBuffer source = TestPicture.Flat(128, 72, 120), result = TestPicture.Apply(effect, source);
        Assert.Equal(16, TestPicture.Luma(result, 10, 36));
        Assert.Equal(120, TestPicture.Luma(result, 64, 36));
        Assert.Equal(16, TestPicture.Luma(result, 118, 36));
    }

    [Theory]
    [InlineData(ColorMatrix.Bt601, 81, 90, 240, 170, 166, 16)]
    [InlineData(ColorMatrix.Bt709, 63, 102, 240, 188, 154, 16)]
    public void A_filter_that_works_in_rgb_sees_the_pictures_own_colours(ColorMatrix matrix, byte luma, byte u, byte v, int negativeLuma, int negativeU, int negativeV)
    {
        using FfmpegEffect effect = Create("graph=\"format=gbrp,negate\"");
        using FrameBuffer red = TestPicture.Flat(128, 72, luma, u, v), target = TestPicture.New(128, 72);
        effect.Apply(red.View.With(matrix), target.View.With(matrix), 0);
        (int cyanU, int cyanV) = TestPicture.Chroma(target, 64, 36);
        Assert.Equal(negativeLuma, TestPicture.Luma(target, 64, 36), 2.0);
        Assert.Equal(negativeU, cyanU, 2.0);
        Assert.Equal(negativeV, cyanV, 2.0);
    }

    [Fact]
    public void A_graph_that_gives_fewer_pictures_shows_its_last_one()
    {
        using FfmpegEffect effect = Create("graph=\"negate,framestep=3\"");
        using FrameBuffer target = TestPicture.New(128, 72);
        var seen = new List<int>();
        for (int frame = 0; frame < 7; frame++)
        {
            using FrameBuffer source = TestPicture.Flat(128, 72, (byte)(40 + 10 * frame));
            effect.Apply(source.View, target.View, frame * 1_000_000_000L);
            seen.Add(TestPicture.Luma(target, 5, 5));
        }

        // The first of each three: 40, 70 and 100.
        Assert.Equal([215, 215, 215, 185, 185, 185, 155], seen);
    }

    [Fact]
    public void A_slow_graph_is_by_passed_and_comes_back_when_it_is_fast()
    {
        // Twenty times slower than the times of its pictures say.
        using FfmpegEffect effect = Create("graph=\"realtime=speed=0.05,negate\"", framesPerSecond: 30);
        using FrameBuffer source = TestPicture.Flat(128, 72, 40), target = TestPicture.New(128, 72);
        int changes = 0;
        effect.Changed += () => changes++;
        long time = 0;
        Until(() => effect.Problem is not null, step: 100_000_000);
        Assert.Contains("needs more than 16.7 ms for a frame", effect.Problem, StringComparison.Ordinal);
        Assert.True(TestPicture.IsSame(source, target));

        Until(() => effect.Problem is null && TestPicture.Luma(target, 5, 5) > 200, step: 1000);
        Assert.True(changes >= 2);

        void Until(Func<bool> condition, long step)
        {
            long deadline = MonotonicClock.Now + Patience;
            while (!condition())
            {
                Assert.True(MonotonicClock.Now < deadline, $"Problem: {effect.Problem}");
                effect.Apply(source.View, target.View, time += step);
            }
        }
    }

    [Theory]
    [InlineData("graph=edgedetec", "edgedetec")]
    [InlineData("graph=split", "cannot be used")]
    [InlineData("", "graph")]
    public void A_bad_graph_is_refused_before_it_is_live(string parameters, string word)
    {
        CamfxException error = Assert.Throws<CamfxException>(() => Create(parameters));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_costs_no_managed_memory()
    {
        using FfmpegEffect effect = Create("graph=negate");
        using FrameBuffer source = TestPicture.Noise(128, 72), target = TestPicture.New(128, 72);
        for (int frame = 0; frame < 3; frame++) effect.Apply(source.View, target.View, frame);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int frame = 3; frame < 100; frame++) effect.Apply(source.View, target.View, frame * 1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static FfmpegEffect Create(string parameters, int framesPerSecond = 1) => (FfmpegEffect)EffectKinds.Create(
        parameters.Length == 0 ? "ffmpeg" : $"ffmpeg:{parameters}", new CameraMode(128, 72, new FrameRate(framesPerSecond, 1)));
}
