using Camfx.Configuration;
using Camfx.Frames;
using Camfx.Posix;
using Camfx.Sources;

namespace Camfx.Tests.Sources;

public sealed unsafe class TestPatternTests
{
    [Theory]
    [InlineData("smpte")]
    [InlineData("bars")]
    [InlineData("checker")]
    [InlineData("gradient")]
    [InlineData("ball")]
    [InlineData("counter")]
    [InlineData("noise")]
    [InlineData("solid?color=#ff0000")]
    public void EveryPixelOfEveryPatternIsPainted(string kind)
    {
        foreach ((int width, int height) in new[] { (1280, 720), (640, 480), (208, 194) })
        {
            using FrameBuffer frame = Draw(kind, width, height, out FrameBuffer other, fill: 1);
            using (other)
            {
                // Painted twice over different garbage, what is left of the garbage would differ.
                if (kind is not ("counter" or "noise" or "ball"))
                    Assert.True(Bytes(frame).SequenceEqual(Bytes(other)), $"{kind} {width}x{height} leaves pixels out");
                Assert.DoesNotContain((byte)1, Bytes(frame).ToArray());
            }
        }
    }

    [Fact]
    public void TheCounterPictureIsExactlyAsSpecified()
    {
        const int Width = 640, Height = 480;
        using ISource source = SourceKinds.Create("test:counter", new CameraMode(Width, Height, new FrameRate(30, 1)));
        using var frame = NewFrame(Width, Height, 0);
        uint before = (uint)RealtimeClock.NowMilliseconds;
        for (uint counter = 0; counter < 95; counter++)
        {
            Assert.True(source.Draw(frame.View, 0, out _));
            uint after = (uint)RealtimeClock.NowMilliseconds;
            uint time = Code(frame, 0) << 16 | Code(frame, 1);
            Assert.InRange(time - before, 0u, after - before);
            Assert.Equal(counter, Code(frame, 2));
            Assert.Equal(~counter & 0xffff, Code(frame, 3));
            (byte, byte, byte) color = (*frame.View.Row(0, 300), *frame.View.Row(1, 150), *frame.View.Row(2, 150));
            Assert.Equal((counter / 30 % 3) switch { 0 => (82, 90, 240), 1 => (145, 54, 34), _ => (41, 240, 110) }, color);
        }
    }

    [Fact]
    public void TheCounterRefusesSizesItsBlocksDoNotFit()
    {
        CamfxException failure = Assert.Throws<CamfxException>(
            () => SourceKinds.Create("test:counter", new CameraMode(1000, 720, new FrameRate(30, 1))));
        Assert.Contains("multiple of 16", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Decodes one line of blocks in the middle of each block, and checks that its 32 rows agree.</summary>
    private static uint Code(FrameBuffer frame, int line)
    {
        uint bits = 0;
        int block = frame.View.Width / 16;
        for (int bit = 0; bit < 16; bit++)
        {
            byte luma = frame.View.Row(0, line * 32)[bit * block + block / 2];
            for (int row = 0; row < 32; row++) Assert.Equal(luma, frame.View.Row(0, line * 32 + row)[bit * block + block / 2]);
            Assert.True(luma is 16 or 235);
            bits = bits << 1 | (luma == 235 ? 1u : 0u);
        }

        return bits;
    }

    private static FrameBuffer Draw(string kind, int width, int height, out FrameBuffer other, byte fill)
    {
        var mode = new CameraMode(width, height, new FrameRate(30, 1));
        using ISource source = SourceKinds.Create("test:" + kind, mode);
        FrameBuffer frame = NewFrame(width, height, fill);
        other = NewFrame(width, height, 254);
        Assert.True(source.Draw(frame.View, 0, out _));
        Assert.True(source.Draw(other.View, 0, out _));
        return frame;
    }

    private static FrameBuffer NewFrame(int width, int height, byte fill)
    {
        var frame = new FrameBuffer(FrameLayout.Packed(PixelFormat.I420, width, height), ColorMatrix.Bt601, ColorRange.Limited);
        Bytes(frame).Fill(fill);
        return frame;
    }

    private static Span<byte> Bytes(FrameBuffer frame) => new(frame.View.Plane(0), frame.View.Width * frame.View.Height * 3 / 2);
}
