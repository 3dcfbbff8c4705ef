using Camfx.Frames;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests;

public sealed unsafe class AllocationTests
{
    [Fact]
    public void A_frame_allocates_nothing()
    {
        Picture packed = new(PixelFormat.Yuyv, 320, 180), frame = new(PixelFormat.I420, 320, 180), other = new(PixelFormat.I420, 320, 180);
        Picture full = new(PixelFormat.I420, 320, 180, range: ColorRange.Full), semi = new(PixelFormat.Nv12, 320, 180);
        Picture rgb = new(PixelFormat.Bgra, 320, 180), small = new(PixelFormat.I420, 160, 120), turned = new(PixelFormat.I420, 180, 320);
        Scaler scaler = new(320, 180, 160, 90);
        ColorAdjust adjust = new(new ColorSettings { Contrast = 1.2, Saturation = 1.1 }, ColorRange.Limited);
        Matte matte = new(320, 180);
        GaussianBlur blur = new(320, 180, 8);
        Overlay overlay = new(rgb.View, ColorMatrix.Bt601, ColorRange.Limited);

        // Once before counting: the first call of a method may allocate in the compiler.
        Work();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Work();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Work()
        {
            Converter.Convert(packed.View, frame.View);
            Converter.Convert(frame.View, semi.View);
            Converter.Convert(frame.View, rgb.View);
            Converter.Convert(rgb.View, frame.View);
            Converter.Convert(frame.View, full.View);
            PixelRectangle fit = Letterbox.Fit(320, 180, 160, 120);
            Letterbox.FillBars(small.View, fit);
            scaler.Scale(frame.View, Region.Of(small.View, fit));
            Transform.Mirror(frame.View, frame.View);
            Transform.Rotate90(frame.View, turned.View);
            adjust.Apply(frame.View, other.View);
            overlay.Blend(other.View, 4, 4, 0.5);
            Fill.Black(other.View);
            matte.Luma.Row(0, 90)[160] = 100;
            matte.Update();
            matte.PutBehind(other.View, frame.View);
            blur.Apply(frame.View, matte);
        }
    }
}
