using Camfx.Frames;
using FsCheck;
using FsCheck.Fluent;

namespace Camfx.PipeWire.Spa.Tests;

public class PodReaderTests
{
    [SkippableFact]
    public void Reads_a_negotiated_format()
    {
        Assert.True(PodReader.TryRead(GoldenPods.Get("negotiated"), out PodReader pod));
        Assert.Equal(SpaConstants.ObjectFormat, pod.ObjectType);
        Assert.Equal(SpaConstants.ParamFormat, pod.ObjectId);
        Assert.True(VideoFormat.TryRead(pod, out VideoFormat format));
        Assert.Equal(new VideoFormat(PixelFormat.Nv12, 1280, 720, 30000, 1001), format);
    }

    [SkippableFact]
    public void A_choice_reads_as_its_preferred_value_and_lists_all()
    {
        Assert.True(PodReader.TryRead(GoldenPods.Get("format-choices"), out PodReader pod));
        Assert.True(VideoFormat.TryRead(pod, out VideoFormat format));
        Assert.Equal(new VideoFormat(PixelFormat.Nv12, 640, 480, 30, 1), format);
        Assert.True(pod.TryGetProperty(SpaConstants.FormatVideoFormat, out PodReader formats));
        Assert.Equal(SpaChoice.Enum, formats.Choice);
        Assert.Equal(4, formats.Count);
        Assert.True(formats.TryGetValue(3, out PodReader last));
        Assert.True(last.TryGetId(out uint id));
        Assert.Equal(PixelFormat.Bgra, PixelFormatInfo.FromSpaId(id));
        Assert.False(formats.TryGetValue(4, out _));
        Assert.True(pod.TryGetProperty(SpaConstants.FormatVideoSize, out PodReader sizes));
        Assert.Equal(SpaChoice.Range, sizes.Choice);
        Assert.True(sizes.TryGetValue(2, out PodReader most));
        Assert.True(most.TryGetRectangle(out uint width, out uint height));
        Assert.Equal((4096u, 2160u), (width, height));
    }

    [SkippableFact]
    public void Reads_the_buffers_parameter()
    {
        Assert.True(PodReader.TryRead(GoldenPods.Get("buffers"), out PodReader pod));
        Assert.True(pod.TryGetProperty(SpaConstants.BuffersSize, out PodReader size));
        Assert.True(size.TryGetInt(out int bytes));
        Assert.Equal(3112960, bytes);
        Assert.True(pod.TryGetProperty(SpaConstants.BuffersDataType, out PodReader types));
        Assert.Equal(SpaChoice.Flags, types.Choice);
        Assert.False(pod.TryGetProperty(SpaConstants.BuffersAlign, out _));
    }

    [Fact]
    public void A_value_of_another_type_is_not_there()
    {
        PodBuilder builder = new(new byte[64]);
        builder.Int(5);
        Assert.True(PodReader.TryRead(builder.Written, out PodReader pod));
        Assert.False(pod.TryGetId(out _));
        Assert.False(pod.TryGetRectangle(out _, out _));
        Assert.False(pod.TryGetString(out _));
        Assert.False(pod.TryGetProperty(1, out _));
        Assert.True(pod.TryGetInt(out int value));
        Assert.Equal(5, value);
    }

    [Fact]
    public void Text_without_its_closing_zero_is_not_there()
    {
        byte[] memory = [4, 0, 0, 0, (byte)SpaType.String, 0, 0, 0, (byte)'a', (byte)'b', (byte)'c', (byte)'d'];
        Assert.True(PodReader.TryRead(memory, out PodReader pod));
        Assert.False(pod.TryGetString(out _));
    }

    [Fact]
    public void A_size_beyond_the_memory_is_refused()
    {
        byte[] memory = [0xff, 0xff, 0xff, 0xff, (byte)SpaType.Object, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];
        Assert.False(PodReader.TryRead(memory, out _));
    }

    [Fact]
    public void Any_bytes_are_read_without_leaving_the_memory() =>
        Prop.ForAll(Generators.DamagedPod.ToArbitrary(), bytes =>
        {
            if (!PodReader.TryRead(bytes, out PodReader pod)) return true;
            bool any = VideoFormat.TryRead(pod, out _);
            for (uint key = 0; key < 8; key++)
            {
                any |= pod.TryGetProperty(key, out PodReader value);
                for (int i = 0; i < Math.Min(value.Count, 16); i++)
                    any |= value.TryGetValue(i, out PodReader item) && (item.TryGetInt(out _) || item.TryGetLong(out _));
            }

            return any || pod.Count >= 0;
        }).QuickCheckThrowOnFailure();

    private static class Generators
    {
        /// <summary>A good format parameter with some bytes changed and its end cut off.</summary>
        public static Gen<byte[]> DamagedPod =>
            from cut in Gen.Choose(0, 144)
            from changes in Gen.Choose(0, 6)
            from places in Gen.ArrayOf(Gen.Choose(0, 143), changes)
            from values in Gen.ArrayOf(Gen.Choose(0, 255), changes)
            select Damage(cut, places, values);

        private static byte[] Damage(int cut, int[] places, int[] values)
        {
            PodBuilder builder = new(new byte[256]);
            new VideoFormat(PixelFormat.I420, 640, 480, 30, 1).Write(ref builder, SpaConstants.ParamFormat);
            byte[] bytes = builder.Written.ToArray();
            for (int i = 0; i < places.Length; i++) bytes[places[i] % bytes.Length] = (byte)values[i];
            return bytes[..Math.Min(cut, bytes.Length)];
        }
    }
}
