using Camfx.Frames;

namespace Camfx.FFmpeg.Tests;

public sealed unsafe class PacketDecoderTests(Clip clip) : IClassFixture<Clip>
{
    [SkippableFact]
    public void EachJpegIsAPictureWithItsTime()
    {
        List<byte[]> packets = Jpegs();
        using var decoder = new PacketDecoder(VideoCodec.Mjpeg, 320, 240, 1, "the camera");
        using var frame = new DecodedFrame();
        for (int i = 0; i < packets.Count; i++)
        {
            Assert.True(Decode(decoder, packets[i], i * 1000, frame));
            Assert.Equal((PixelFormat.I422, 320, 240), (frame.View.Format, frame.View.Width, frame.View.Height));
            Assert.Equal((ColorMatrix.Bt601, ColorRange.Full), (frame.View.Matrix, frame.View.Range));
            Assert.Equal(i * 1000, frame.PresentationTime);
        }

        Assert.Equal(0, decoder.Corrupted);
    }

    [SkippableFact]
    public void AJpegThatIsCutOffIsRefusedAndTheNextIsNot()
    {
        List<byte[]> packets = Jpegs();
        using var decoder = new PacketDecoder(VideoCodec.Mjpeg, 320, 240, 1, "the camera");
        using var frame = new DecodedFrame();
        Assert.True(Decode(decoder, packets[0], 0, frame));
        Assert.False(Decode(decoder, packets[1][..(packets[1].Length / 2)], 1, frame));
        Assert.False(Decode(decoder, [], 2, frame));
        Assert.False(Decode(decoder, new byte[4000], 3, frame));
        Assert.True(frame.IsEmpty);
        Assert.Equal(3, decoder.Corrupted);
        Assert.True(Decode(decoder, packets[2], 4, frame));
    }

    [SkippableFact]
    public void AJpegMayBeFollowedByWhatACameraPadsItWith()
    {
        List<byte[]> packets = Jpegs();
        using var decoder = new PacketDecoder(VideoCodec.Mjpeg, 320, 240, 1, "the camera");
        using var frame = new DecodedFrame();
        Assert.True(Decode(decoder, [.. packets[0], .. new byte[300]], 0, frame));
        Assert.Equal(0, decoder.Corrupted);
    }

    [SkippableFact]
    public void H264GivesEachPictureAtOnce()
    {
        List<byte[]> packets = AccessUnits();
        using var decoder = new PacketDecoder(VideoCodec.H264, 320, 240, 2, "the camera");
        using var frame = new DecodedFrame();
        for (int i = 0; i < packets.Count; i++)
        {
            Assert.True(Decode(decoder, packets[i], i * 1000, frame), $"packet {i}");
            Assert.Equal((PixelFormat.I420, 320, 240), (frame.View.Format, frame.View.Width, frame.View.Height));
            Assert.Equal(i * 1000, frame.PresentationTime);
        }

        Assert.Equal(50, packets.Count);
        Assert.Equal(0, decoder.Corrupted);
    }

    [SkippableFact]
    public void H264ThatBeginsInTheMiddleWaitsForAPictureThatStandsAlone()
    {
        List<byte[]> packets = AccessUnits();
        using var decoder = new PacketDecoder(VideoCodec.H264, 320, 240, 2, "the camera");
        using var frame = new DecodedFrame();
        var shown = new List<int>();
        for (int i = 3; i < packets.Count; i++)
            if (Decode(decoder, packets[i], i, frame)) shown.Add(i);
        Assert.Equal(Enumerable.Range(10, 40), shown);
    }

    private static bool Decode(PacketDecoder decoder, byte[] packet, long time, DecodedFrame frame)
    {
        fixed (byte* data = packet) return decoder.TryDecode(data, packet.Length, time, frame);
    }

    private List<byte[]> Jpegs() => Split(clip.Make("packets.mjpeg", "-c:v mjpeg -pix_fmt yuvj422p -q:v 3 -f mjpeg"), [0xFF, 0xD8, 0xFF]);

    private List<byte[]> AccessUnits() =>
        Split(clip.Make("packets.h264", "-c:v libx264 -preset veryfast -bf 0 -g 10 -x264-params aud=1:scenecut=0 -pix_fmt yuv420p -f h264"), [0, 0, 0, 1, 9]);

    private static List<byte[]> Split(string file, ReadOnlySpan<byte> start)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(file);
        var packets = new List<byte[]>();
        while (!bytes.IsEmpty)
        {
            int next = bytes[1..].IndexOf(start);
            int length = next < 0 ? bytes.Length : next + 1;
            packets.Add(bytes[..length].ToArray());
            bytes = bytes[length..];
        }

        return packets;
    }
}
