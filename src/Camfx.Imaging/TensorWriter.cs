using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Camfx.Frames;

namespace Camfx.Imaging;

/// <summary>Writes a picture as the floats that a neural network takes.</summary>
/// <remarks>Thread-safe; allocates nothing. The caller owns the memory of both.</remarks>
public static unsafe class TensorWriter
{
    /// <summary>One channel behind the other (NCHW): three planes of width times height floats without gaps.</summary>
    /// <param name="picture">RGBA or BGRA; the fourth byte is left out. Its order is the order of the planes.</param>
    /// <param name="tensor">Room for 3 * width * height floats.</param>
    /// <param name="channels">What a byte becomes.</param>
    /// <exception cref="ArgumentException">The picture is of another format.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WritePlanes(in FrameView picture, float* tensor, in TensorChannels channels)
    {
        if (picture.Format is not (PixelFormat.Rgba or PixelFormat.Bgra)) throw Refused(picture, "RGBA or BGRA");
        long size = (long)picture.Width * picture.Height;
        for (int y = 0; y < picture.Height; y++)
        {
            float* plane0 = tensor + (long)y * picture.Width, plane1 = plane0 + size, plane2 = plane1 + size;
            uint* row = (uint*)picture.Row(0, y);
            int x = 0;
            for (; x <= picture.Width - Vector128<uint>.Count; x += Vector128<uint>.Count)
            {
                Vector128<uint> pixels = Vector128.Load(row + x), low = Vector128.Create(0xFFu);
                Store(pixels & low, channels.Mean0, channels.Scale0, plane0 + x);
                Store((pixels >>> 8) & low, channels.Mean1, channels.Scale1, plane1 + x);
                Store((pixels >>> 16) & low, channels.Mean2, channels.Scale2, plane2 + x);
            }

            for (; x < picture.Width; x++)
            {
                plane0[x] = ((row[x] & 0xFF) - channels.Mean0) * channels.Scale0;
                plane1[x] = ((row[x] >> 8 & 0xFF) - channels.Mean1) * channels.Scale1;
                plane2[x] = ((row[x] >> 16 & 0xFF) - channels.Mean2) * channels.Scale2;
            }
        }
    }

    /// <summary>Pixel behind pixel (NHWC), each with its three channels.</summary>
    /// <param name="picture">RGB24 or BGR24.</param>
    /// <param name="tensor">Room for 3 * width * height floats.</param>
    /// <param name="channels">What a byte becomes.</param>
    /// <exception cref="ArgumentException">The picture is of another format.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WritePixels(in FrameView picture, float* tensor, in TensorChannels channels)
    {
        if (picture.Format is not (PixelFormat.Rgb24 or PixelFormat.Bgr24)) throw Refused(picture, "RGB24 or BGR24");
        // Four pixels are three vectors of four floats; the channels begin anew with each of the fours.
        float* mean = stackalloc float[12], scale = stackalloc float[12];
        for (int i = 0; i < 12; i++)
        {
            mean[i] = (i % 3) switch { 0 => channels.Mean0, 1 => channels.Mean1, _ => channels.Mean2 };
            scale[i] = (i % 3) switch { 0 => channels.Scale0, 1 => channels.Scale1, _ => channels.Scale2 };
        }

        int count = 3 * picture.Width;
        for (int y = 0; y < picture.Height; y++)
        {
            byte* row = picture.Row(0, y);
            float* target = tensor + (long)y * count;
            int i = 0;
            // A load takes sixteen bytes, of which twelve are used.
            for (; i <= count - Vector128<byte>.Count; i += 12)
            {
                (Vector128<ushort> first, Vector128<ushort> last) = Vector128.Widen(Vector128.Load(row + i));
                (Vector128<uint> words0, Vector128<uint> words1) = Vector128.Widen(first);
                Scaled(words0, mean, scale).Store(target + i);
                Scaled(words1, mean + 4, scale + 4).Store(target + i + 4);
                Scaled(Vector128.WidenLower(last), mean + 8, scale + 8).Store(target + i + 8);
            }

            for (; i < count; i++) target[i] = (row[i] - mean[i % 3]) * scale[i % 3];
        }
    }

    private static void Store(Vector128<uint> bytes, float mean, float scale, float* target) =>
        ((Vector128.ConvertToSingle(bytes.AsInt32()) - Vector128.Create(mean)) * Vector128.Create(scale)).Store(target);

    private static Vector128<float> Scaled(Vector128<uint> bytes, float* mean, float* scale) =>
        (Vector128.ConvertToSingle(bytes.AsInt32()) - Vector128.Load(mean)) * Vector128.Load(scale);

    private static ArgumentException Refused(in FrameView picture, string expected) => new($"Expected an {expected} picture, got {picture.Format}; convert it first.");
}
