using Camfx.Configuration;
using Camfx.Effects;
using Camfx.Frames;

namespace Camfx.Tests.Effects;

/// <summary>I420 pictures to run effects on, and questions about them.</summary>
internal static unsafe class TestPicture
{
    public static CameraMode Mode(int width, int height) => new(width, height, new FrameRate(30, 1));

    public static FrameBuffer New(int width, int height) =>
        new(FrameLayout.Packed(PixelFormat.I420, width, height), ColorMatrix.Bt601, ColorRange.Limited);

    /// <summary>One colour.</summary>
    public static FrameBuffer Flat(int width, int height, byte luma, byte u = 128, byte v = 128)
    {
        FrameBuffer picture = New(width, height);
        Block(picture, 0, 0, width, height, luma, u, v);
        return picture;
    }

    /// <summary>Every sample is different from its neighbours, the same for the same seed.</summary>
    public static FrameBuffer Noise(int width, int height, int seed = 1)
    {
        FrameBuffer picture = New(width, height);
        new Random(seed).NextBytes(picture.Bytes);
        return picture;
    }

    /// <summary>Paints a rectangle with even sides.</summary>
    public static void Block(FrameBuffer picture, int x, int y, int width, int height, byte luma, byte u, byte v)
    {
        for (int row = y; row < y + height; row++) new Span<byte>(picture.View.Row(0, row) + x, width).Fill(luma);
        for (int row = y / 2; row < (y + height) / 2; row++)
        {
            new Span<byte>(picture.View.Row(1, row) + x / 2, width / 2).Fill(u);
            new Span<byte>(picture.View.Row(2, row) + x / 2, width / 2).Fill(v);
        }
    }

    public static int Luma(FrameBuffer picture, int x, int y) => picture.View.Row(0, y)[x];

    public static (int U, int V) Chroma(FrameBuffer picture, int x, int y) =>
        (picture.View.Row(1, y / 2)[x / 2], picture.View.Row(2, y / 2)[x / 2]);

    /// <summary>Makes the effect, runs it on a copy of the picture, and gives the result.</summary>
    public static FrameBuffer Apply(string spec, FrameBuffer source)
    {
        using IEffect effect = EffectKinds.Create(spec, Mode(source.Layout.Width, source.Layout.Height));
        return Apply(effect, source);
    }

    /// <summary>Runs the effect on a copy of the picture as a chain does.</summary>
    public static FrameBuffer Apply(IEffect effect, FrameBuffer source)
    {
        FrameBuffer target = New(source.Layout.Width, source.Layout.Height);
        if (effect.IsInPlace)
        {
            source.Bytes.CopyTo(target.Bytes);
            effect.Apply(target.View, target.View, 0);
            return target;
        }

        // What an effect forgets to write shows as this.
        target.Bytes.Fill(0xA5);
        effect.Apply(source.View, target.View, 0);
        return target;
    }

    public static bool IsSame(FrameBuffer one, FrameBuffer other) => one.Bytes.SequenceEqual(other.Bytes);

    /// <summary>Bounds of the luma that differs by more than <paramref name="tolerance"/>; all -1 where none does.</summary>
    public static (int Left, int Top, int Right, int Bottom) Difference(FrameBuffer one, FrameBuffer other, int tolerance = 0)
    {
        (int left, int top, int right, int bottom) = (int.MaxValue, int.MaxValue, -1, -1);
        for (int y = 0; y < one.Layout.Height; y++)
        {
            for (int x = 0; x < one.Layout.Width; x++)
            {
                if (Math.Abs(Luma(one, x, y) - Luma(other, x, y)) <= tolerance) continue;
                (left, top) = (Math.Min(left, x), Math.Min(top, y));
                (right, bottom) = (Math.Max(right, x), Math.Max(bottom, y));
            }
        }

        return right < 0 ? (-1, -1, -1, -1) : (left, top, right, bottom);
    }
}
