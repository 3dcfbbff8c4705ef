using Camfx.Analysis.Segmentation;
using Camfx.Frames;
using Camfx.Tests.Effects;

namespace Camfx.Tests.Analysis;

public sealed class MaskSmootherTests
{
    private const int Width = 256, Height = 144;

    [Fact]
    public void WhereThePictureStandsAMaskGoesAQuarterOfItsWayAndArrives()
    {
        using Bench bench = new();
        bench.Next(0, moved: false);
        Assert.Equal(64, bench.Next(255, moved: false));
        for (int i = 0; i < 30; i++) bench.Next(255, moved: false);
        Assert.Equal(255, bench.Next(255, moved: false));
        for (int i = 0; i < 30; i++) bench.Next(0, moved: false);
        Assert.Equal(0, bench.Next(0, moved: false));
    }

    [Fact]
    public void WhereItMovesTheNewMaskCountsAtOnce()
    {
        using Bench bench = new();
        bench.Next(255, moved: false);
        Assert.Equal(0, bench.Next(0, moved: true));
    }

    private sealed unsafe class Bench : IDisposable
    {
        private readonly MotionMeter _motion = new(Width, Height);
        private readonly MaskSmoother _smoother = new(Width, Height);
        private byte _luma = 60;

        /// <summary>The next mask, everywhere the same, in a picture that moves or does not; gives what becomes of it.</summary>
        public int Next(byte share, bool moved)
        {
            using FrameBuffer mask = new(FrameLayout.Packed(PixelFormat.Gray8, Width, Height), ColorMatrix.Bt601, ColorRange.Full);
            mask.Bytes.Fill(share);
            if (moved) _luma += 40;
            using FrameBuffer picture = TestPicture.Flat(Width, Height, _luma);
            Assert.Equal(moved, _motion.Compare(picture.View) && _luma != 60);
            _smoother.Smooth(mask.View, _motion);
            _motion.Keep(picture.View);
            return *mask.View.Row(0, 100);
        }

        public void Dispose()
        {
            _motion.Dispose();
            _smoother.Dispose();
        }
    }
}
