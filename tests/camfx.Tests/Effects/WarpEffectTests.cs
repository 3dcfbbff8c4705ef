using Camfx.Effects;
using Camfx.Frames;

namespace Camfx.Tests.Effects;

/// <summary>A spot goes where each effect that takes the picture from elsewhere says.</summary>
public class WarpEffectTests
{
    private const int Width = 128, Height = 96;

    [Theory]
    [InlineData("zoom:scale=2", 64, 48, 64, 48)]
    [InlineData("zoom:scale=2", 80, 48, 96, 48)]
    [InlineData("zoom:scale=2,x=0,y=0", 20, 10, 40, 20)]
    [InlineData("zoom:scale=2,x=100,y=100", 118, 86, 108, 76)]
    [InlineData("zoom:scale=1", 20, 30, 20, 30)]
    [InlineData("swirl:angle=180,radius=100", 64, 48, 64, 48)]
    [InlineData("swirl:angle=90,radius=200", 64, 38, 73, 45)]
    [InlineData("fisheye:strength=100", 72, 48, 80, 48)]
    [InlineData("fisheye:strength=-100", 88, 48, 77, 48)]
    [InlineData("wave:height=10,length=100,speed=0", 64, 24, 54, 26)]
    [InlineData("ripple:height=5,length=100,speed=0", 88, 48, 83, 48)]
    [InlineData("rotate:angle=45", 64, 20, 76, 36)]
    [InlineData("rotate:angle=0", 20, 30, 20, 30)]
    [InlineData("kenburns:scale=2,seconds=2,x=0,y=0", 20, 10, 20, 10)]
    public void A_spot_goes_there(string spec, int x, int y, int toX, int toY)
    {
        using FrameBuffer source = TestPicture.Flat(Width, Height, 40);
        TestPicture.Block(source, (x & ~1) - 2, (y & ~1) - 2, 6, 6, 220, 128, 128);
        using FrameBuffer result = TestPicture.Apply(spec, source);
        (double centreX, double centreY) = Spot(result);
        Assert.InRange(centreX, toX - 2, toX + 2);
        Assert.InRange(centreY, toY - 2, toY + 2);
    }

    [Theory]
    [InlineData("wave:speed=1")]
    [InlineData("ripple:speed=1")]
    [InlineData("kenburns:seconds=2,x=0,y=0")]
    public void What_moves_moves_with_the_time(string spec)
    {
        using IEffect effect = EffectKinds.Create(spec, TestPicture.Mode(Width, Height));
        using FrameBuffer source = TestPicture.Noise(Width, Height), first = At(0), again = At(0), later = At(300_000_000);
        Assert.True(TestPicture.IsSame(first, again));
        Assert.False(TestPicture.IsSame(first, later));

        FrameBuffer At(long time)
        {
            FrameBuffer target = TestPicture.New(Width, Height);
            effect.Apply(source.View, target.View, time);
            return target;
        }
    }

    [Fact]
    public void A_turned_picture_stands_between_black_corners_and_is_all_there()
    {
        using FrameBuffer source = TestPicture.Flat(Width, Height, 120, 100, 150);
        TestPicture.Block(source, 0, 0, 4, 4, 220, 100, 150);
        using FrameBuffer result = TestPicture.Apply("rotate:angle=30", source);
        Assert.Equal(16, TestPicture.Luma(result, 1, 1));
        Assert.Equal((128, 128), TestPicture.Chroma(result, 1, 1));
        Assert.Equal(16, TestPicture.Luma(result, 126, 94));
        Assert.Equal(120, TestPicture.Luma(result, 64, 48));
        Assert.Equal((100, 150), TestPicture.Chroma(result, 64, 48));
        Assert.Contains(Enumerable.Range(0, Width * Height), place => TestPicture.Luma(result, place % Width, place / Width) > 150);
    }

    private static (double X, double Y) Spot(FrameBuffer picture)
    {
        double sum = 0, sumX = 0, sumY = 0;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                int light = Math.Max(TestPicture.Luma(picture, x, y) - 60, 0);
                (sum, sumX, sumY) = (sum + light, sumX + light * x, sumY + light * y);
            }
        }

        return (sumX / sum, sumY / sum);
    }
}
