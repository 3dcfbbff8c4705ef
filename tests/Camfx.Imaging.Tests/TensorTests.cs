using Camfx.Frames;

namespace Camfx.Imaging.Tests;

public sealed unsafe class TensorTests
{
    private static readonly TensorChannels s_channels = new(10, 100.5f, 127.5f, 0.5f, 1 / 255f, 2);

    private static readonly float[] s_mean = [10, 100.5f, 127.5f], s_scale = [0.5f, 1 / 255f, 2];

    [Theory]
    [InlineData(PixelFormat.Rgba, 4)]
    [InlineData(PixelFormat.Bgra, 4)]
    [InlineData(PixelFormat.Rgb24, 3)]
    [InlineData(PixelFormat.Bgr24, 3)]
    public void Every_byte_becomes_the_float_of_its_channel_at_every_width(PixelFormat format, int bytes)
    {
        for (int width = 1; width <= 40; width++)
        {
            const int Height = 3;
            using FrameBuffer picture = new(FrameLayout.Packed(format, width, Height), ColorMatrix.Bt709, ColorRange.Full);
            new Random(width).NextBytes(picture.Bytes);
            // What lies behind the tensor must stay.
            float[] tensor = [.. Enumerable.Repeat(-7f, 3 * width * Height + 8)];
            fixed (float* numbers = tensor)
            {
                if (bytes == 4) TensorWriter.WritePlanes(picture.View, numbers, s_channels);
                else TensorWriter.WritePixels(picture.View, numbers, s_channels);
            }

            for (int i = 0; i < width * Height * 3; i++)
            {
                (int pixel, int channel) = bytes == 4 ? (i % (width * Height), i / (width * Height)) : (i / 3, i % 3);
                byte value = picture.View.Row(0, pixel / width)[pixel % width * bytes + channel];
                Assert.Equal((value - s_mean[channel]) * s_scale[channel], tensor[i]);
            }

            Assert.All(tensor[(3 * width * Height)..], static number => Assert.Equal(-7f, number));
        }
    }

    [Fact]
    public void Every_number_becomes_its_level_at_every_length()
    {
        float[] special = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, 1e30f, -1e30f, 0.5f, 1];
        Random random = new(1);
        for (int count = 1; count <= 70; count++)
        {
            float[] values = [.. Enumerable.Range(0, count).Select(i => random.Next(4) == 0 ? special[random.Next(special.Length)] : random.NextSingle() * 12 - 6)];
            byte[] probabilities = [.. Enumerable.Repeat((byte)77, count + 1)], logits = [.. probabilities];
            fixed (float* numbers = values)
            fixed (byte* p = probabilities, l = logits)
            {
                TensorReader.Probabilities(numbers, p, count);
                TensorReader.Logits(numbers, l, count);
            }

            for (int i = 0; i < count; i++)
            {
                Assert.Equal(float.IsNaN(values[i]) ? 0 : Math.Clamp(values[i], 0, 1) * 255, probabilities[i], tolerance: 0.501);
                Assert.Equal(float.IsNaN(values[i]) ? 0 : 255 / (1 + Math.Exp(-values[i])), logits[i], tolerance: 0.51);
            }

            Assert.Equal((77, 77), (probabilities[count], logits[count]));
        }
    }

    [Fact]
    public void Other_formats_are_refused()
    {
        using FrameBuffer picture = new(FrameLayout.Packed(PixelFormat.I420, 4, 4), ColorMatrix.Bt709, ColorRange.Full);
        float* tensor = stackalloc float[48];
        FrameView view = picture.View;
        Assert.Throws<ArgumentException>(() => TensorWriter.WritePlanes(view, tensor, s_channels));
        Assert.Throws<ArgumentException>(() => TensorWriter.WritePixels(view, tensor, s_channels));
    }
}
