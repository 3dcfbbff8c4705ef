namespace Camfx.Frames;

/// <summary>Four-character codes as in linux/videodev2.h (<c>v4l2_fourcc</c>): first character in the lowest byte.</summary>
public static class FourCC
{
    /// <summary>Packs four ASCII characters, e.g. <c>"NV12"</c>.</summary>
    /// <exception cref="ArgumentException"><paramref name="code"/> is not four characters long.</exception>
    public static uint Pack(string code) =>
        code.Length == 4
            ? code[0] | (uint)code[1] << 8 | (uint)code[2] << 16 | (uint)code[3] << 24
            : throw new ArgumentException($"A fourcc has four characters; got '{code}'.", nameof(code));

    /// <summary>The four characters of a code; what is not printable ASCII is shown as <c>.</c>.</summary>
    public static string ToString(uint code) => string.Create(4, code, static (text, value) =>
    {
        for (int i = 0; i < 4; i++)
        {
            char character = (char)(value >> 8 * i & 0xff);
            text[i] = character is >= ' ' and <= '~' ? character : '.';
        }
    });
}
