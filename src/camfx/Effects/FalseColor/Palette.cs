using Camfx.Imaging;

namespace Camfx.Effects.FalseColor;

/// <summary>Rows of colours, from the one of black to the one of white.</summary>
internal static class Palette
{
    private static readonly (string Name, uint[] Colors)[] s_all =
    [
        ("heat", [0x000000, 0x3b0f70, 0x8c2981, 0xde4968, 0xfe9f6d, 0xfcfdbf]),
        ("rainbow", [0x00007f, 0x0000ff, 0x00ffff, 0x7fff7f, 0xffff00, 0xff0000, 0x7f0000]),
        ("ice", [0x000814, 0x003566, 0x0a9396, 0x94d2bd, 0xffffff]),
        ("night", [0x000400, 0x0b3d0b, 0x23a423, 0x7dff7d, 0xe8ffe8]),
        ("radioactive", [0x000000, 0x102000, 0x3a6b00, 0x9be000, 0xf6ffc0]),
    ];

    public static IEnumerable<string> Names => s_all.Select(static palette => palette.Name);

    /// <summary>The map of a palette.</summary>
    public static ToneMap Map(string name)
    {
        uint[] colors = s_all.First(palette => palette.Name == name).Colors;
        ToneMap map = new();
        for (int code = 0; code < 256; code++)
        {
            double place = Math.Clamp((code - 16) / 219.0, 0, 1) * (colors.Length - 1);
            int before = Math.Min((int)place, colors.Length - 2);
            Set(map, code, colors[before], colors[before + 1], place - before);
        }

        return map;
    }

    /// <summary>One entry: so much of the way between two colours. BT.601: colours this strong are the same to the eye in both.</summary>
    public static void Set(ToneMap map, int code, uint from, uint to, double part)
    {
        double red = Mix(from >> 16, to >> 16, part), green = Mix(from >> 8, to >> 8, part), blue = Mix(from, to, part);
        double y = 0.299 * red + 0.587 * green + 0.114 * blue;
        map.Luma[code] = (byte)Math.Round(16 + 219 * y);
        map.U[code] = (byte)Math.Round(128 + 224 * (blue - y) / 1.772);
        map.V[code] = (byte)Math.Round(128 + 224 * (red - y) / 1.402);
    }

    private static double Mix(uint from, uint to, double part) => ((from & 0xff) * (1 - part) + (to & 0xff) * part) / 255;
}
