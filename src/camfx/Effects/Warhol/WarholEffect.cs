using Camfx.Configuration;
using Camfx.Effects.FalseColor;
using Camfx.Frames;
using Camfx.Imaging;

namespace Camfx.Effects.Warhol;

/// <summary>The picture several times, each printed in other inks.</summary>
internal sealed class WarholEffect : IEffect
{
    // Paper, shadow, middle, light of each print; more prints than these begin again.
    private static readonly uint[][] s_inks =
    [
        [0x1b1464, 0xe6007e, 0xffd200, 0xfff6c8], [0x00331a, 0x009640, 0xff6f00, 0xffef99],
        [0x4a0033, 0xff004d, 0x29adff, 0xfff1e8], [0x2b0f54, 0x8f00ff, 0x00e756, 0xf9ffb5],
        [0x3d0c02, 0xff3800, 0xffb000, 0xc8f7ff], [0x001f3f, 0x0074d9, 0xff4fa3, 0xffffff],
        [0x14213d, 0xfca311, 0x06d6a0, 0xfefae0], [0x3c1361, 0xff61d2, 0x7fff00, 0xfffde0], [0x102a43, 0x00b4d8, 0xffd60a, 0xffe5ec],
    ];

    private readonly int _count;
    private readonly ToneMap[] _maps;
    private readonly FrameBuffer _small;
    private readonly Scaler _scaler;

    private WarholEffect(int count, CameraMode mode)
    {
        _count = count;
        int width = mode.Width / count & ~1, height = mode.Height / count & ~1;
        _small = new FrameBuffer(FrameLayout.Packed(PixelFormat.I420, width, height), ColorMatrix.Bt601, ColorRange.Limited);
        _scaler = new Scaler(mode.Width, mode.Height, width, height);
        _maps = [.. Enumerable.Range(0, count * count).Select(print => Map(s_inks[print % s_inks.Length]))];
    }

    public static EffectKind Description { get; } = new(
        "warhol", "The picture several times, each printed in other inks.",
        [EffectKey.Number("count", 3, 1, 6, "prints beside and below each other")],
        static (values, mode) => new WarholEffect((int)values.Number("count"), mode))
    { MovesPicture = true };

    public bool IsInPlace => true;

    public void Apply(in FrameView source, in FrameView target, long presentationTime)
    {
        FrameView small = _small.View.With(source.Matrix);
        _scaler.Scale(source, small);

        // What is left over right and below, where the size is no multiple, is black.
        if (small.Width * _count != target.Width || small.Height * _count != target.Height) Fill.Black(target);
        for (int print = 0; print < _maps.Length; print++)
        {
            PixelRectangle area = new(print % _count * small.Width, print / _count * small.Height, small.Width, small.Height);
            _maps[print].Apply(small, Region.Of(target, area));
        }
    }

    public void Dispose() => _small.Dispose();

    private static ToneMap Map(uint[] inks)
    {
        ToneMap map = new();
        for (int code = 0; code < 256; code++)
        {
            uint ink = inks[Math.Clamp((code - 16) * inks.Length / 220, 0, inks.Length - 1)];
            Palette.Set(map, code, ink, ink, 0);
        }

        return map;
    }
}
