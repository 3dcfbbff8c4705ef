using Camfx.Cairo;
using Camfx.Effects;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Tests.Effects;

/// <summary>What <c>replace</c>, <c>remove</c> and <c>dim</c> put behind people.</summary>
public sealed unsafe class BackdropTests
{
    private const int Width = 128, Height = 72;

    [Theory]
    [InlineData("replace:color=#ff0000", 81, 90, 240)]
    [InlineData("replace", 16, 128, 128)]
    [InlineData("remove", 16, 128, 128)]
    [InlineData("remove:color=#ffffff", 235, 128, 128)]
    public void AColourIsBehindAndWhoIsInFrontStays(string spec, int luma, int u, int v)
    {
        using FrameBuffer picture = TestPicture.Noise(Width, Height), shown = Apply(spec, picture, Half());
        AssertFront(picture, shown);
        for (int y = 0; y < Height; y++)
            for (int x = Width / 2 + 2; x < Width; x++) Assert.Equal((luma, (u, v)), (TestPicture.Luma(shown, x, y), TestPicture.Chroma(shown, x, y)));

        // Nobody knows who is in front.
        using FrameBuffer hidden = Apply(spec, picture, matte: null);
        Assert.True(hidden.Bytes[..(Width * Height)].IndexOfAnyExcept((byte)luma) < 0);
    }

    [Fact]
    public void APictureCoversTheCamerasAndIsCutOnBothSides()
    {
        // Twice as wide as the camera: a quarter on each side is not seen.
        using var file = PictureFile.Of(4 * Width, 2 * Height, static (x, _) => x is < Width or >= 3 * Width ? new Color(255, 255, 255) : x < 2 * Width ? new Color(255, 0, 0) : new Color(0, 0, 255));
        using FrameBuffer picture = TestPicture.Noise(Width, Height), shown = Apply($"replace:image={file.Path}", picture, matte: null);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
                if (x is < Width / 2 - 2 or > Width / 2 + 2) Assert.InRange(TestPicture.Luma(shown, x, y) - (x < Width / 2 ? 82 : 41), -1, 1);
        }
    }

    [Fact]
    public void ItHasTheColoursOfTheFramesMatrix()
    {
        using FrameBuffer frame = new(FrameLayout.Packed(PixelFormat.I420, Width, Height), ColorMatrix.Bt709, ColorRange.Limited);
        using var effect = (IBackgroundEffect)EffectKinds.Create("replace:color=#ff0000", TestPicture.Mode(Width, Height));
        effect.Apply(frame.View, frame.View, 0, matte: null);
        Assert.Equal((63, 102, 240), (frame.Bytes[0], frame.View.Row(1, 0)[0], frame.View.Row(2, 0)[0]));
    }

    [Fact]
    public void DimMakesWhatIsBehindDarkerAndLeavesWhoIsInFront()
    {
        using FrameBuffer picture = TestPicture.Flat(Width, Height, 216, 168, 88), shown = Apply("dim:amount=75", picture, Half());
        AssertFront(picture, shown);
        Assert.Equal((66, (138, 118)), (TestPicture.Luma(shown, Width - 10, 20), TestPicture.Chroma(shown, Width - 10, 20)));
        using FrameBuffer all = Apply("dim:amount=100", picture, matte: null);
        Assert.Equal((16, (128, 128)), (TestPicture.Luma(all, 10, 20), TestPicture.Chroma(all, 10, 20)));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Equal(ExitCode.NoSuchThing, Refused("replace:image=/nothing.png").ExitCode);
        Assert.Equal("The effect 'replace' takes either image or color; leave one of them out.", Refused("replace:image=/nothing.png,color=red").Message);
    }

    private static CamfxException Refused(string spec) => Assert.Throws<CamfxException>(() => EffectKinds.Create(spec, TestPicture.Mode(Width, Height)));

    private static void AssertFront(FrameBuffer picture, FrameBuffer shown)
    {
        for (int y = 0; y < Height; y++)
            Assert.True(new ReadOnlySpan<byte>(picture.View.Row(0, y), Width / 2).SequenceEqual(new ReadOnlySpan<byte>(shown.View.Row(0, y), Width / 2)));
    }

    /// <summary>The left half is in front.</summary>
    private static Matte Half()
    {
        Matte matte = new(Width, Height);
        for (int y = 0; y < Height; y++) new Span<byte>(matte.Luma.Row(0, y) + Width / 2, Width / 2).Clear();
        matte.Update();
        return matte;
    }

    private static FrameBuffer Apply(string spec, FrameBuffer picture, Matte? matte)
    {
        FrameBuffer frame = TestPicture.New(Width, Height);
        picture.Bytes.CopyTo(frame.Bytes);
        using var effect = (IBackgroundEffect)EffectKinds.Create(spec, TestPicture.Mode(Width, Height));
        effect.Apply(frame.View, frame.View, 0, matte);
        return frame;
    }
}
