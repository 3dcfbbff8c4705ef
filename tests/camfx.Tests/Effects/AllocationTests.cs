using Camfx.Effects;
using Camfx.Frames;

namespace Camfx.Tests.Effects;

public class AllocationTests
{
    [Theory]
    [InlineData("mirror")]
    [InlineData("flip")]
    [InlineData("rotate:angle=90")]
    [InlineData("rotate:angle=180")]
    [InlineData("rotate:angle=270")]
    [InlineData("crop:x=10%,y=10%,width=50%,height=30%")]
    [InlineData("brightness:value=10,contrast=1.2,saturation=1.3,gamma=1.1")]
    [InlineData("hue")]
    [InlineData("temperature")]
    [InlineData("whitebalance")]
    [InlineData("autoexposure")]
    [InlineData("lowlight")]
    [InlineData("sepia")]
    [InlineData("falsecolor")]
    [InlineData("invert")]
    [InlineData("posterise")]
    [InlineData("warhol")]
    [InlineData("vignette")]
    [InlineData("grain")]
    [InlineData("scanlines")]
    [InlineData("sharpen")]
    [InlineData("denoise")]
    [InlineData("pixelate")]
    [InlineData("edge")]
    [InlineData("emboss")]
    [InlineData("cartoon")]
    [InlineData("halftone")]
    [InlineData("zoom")]
    [InlineData("kenburns")]
    [InlineData("wave")]
    [InlineData("swirl")]
    [InlineData("ripple")]
    [InlineData("fisheye")]
    [InlineData("freeze")]
    [InlineData("delay")]
    [InlineData("rotate:angle=30")]
    [InlineData("mirror:mode=quad")]
    [InlineData("text:value=\"On air\"")]
    [InlineData("text:value=%H,clock")]
    [InlineData("image:path=PICTURE,width=25%,opacity=0.5")]
    public void A_frame_costs_no_managed_memory(string spec)
    {
        using PictureFile file = PictureFile.Flat(40, 30, new(10, 200, 30, 128));
        using IEffect effect = EffectKinds.Create(spec.Replace("PICTURE", file.Path, StringComparison.Ordinal), TestPicture.Mode(320, 180));
        using FrameBuffer source = TestPicture.Noise(320, 180), target = TestPicture.New(320, 180);
        FrameView to = effect.IsInPlace ? source.View : target.View;
        for (int frame = 0; frame < 3; frame++) effect.Apply(source.View, to, frame);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int frame = 0; frame < 100; frame++) effect.Apply(source.View, to, frame);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
