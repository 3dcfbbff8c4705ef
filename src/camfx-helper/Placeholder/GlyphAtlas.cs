using System.Buffers.Binary;
using System.Text;

namespace Camfx.Helper.Placeholder;

/// <summary>
/// The letters of the placeholder, as eng/glyphs.c drew them: fields of distances to their outlines. They lie in the program's file and are
/// read there, page by page as letters are needed.
/// </summary>
/// <remarks>Immutable; thread-safe.</remarks>
internal sealed unsafe class GlyphAtlas
{
    private const int HeaderSize = 12, EntrySize = 12;
    private const int Replacement = 0xfffd;

    private readonly byte* _data;
    private readonly int _count;
    private readonly UnmanagedMemoryStream _resource;

    private GlyphAtlas()
    {
        _resource = (UnmanagedMemoryStream)typeof(GlyphAtlas).Assembly.GetManifestResourceStream("glyphs.bin")!;
        _data = _resource.PositionPointer;
        _count = BinaryPrimitives.ReadUInt16LittleEndian(new ReadOnlySpan<byte>(_data + 4, 2));
        Em = _data[6];
        Rows = _data[7];
        Baseline = _data[8];
        Spread = _data[9];
    }

    public static GlyphAtlas Instance { get; } = new();

    /// <summary>Atlas rows of a letter as high as its size says.</summary>
    public int Em { get; }

    /// <summary>Atlas rows of every letter.</summary>
    public int Rows { get; }

    /// <summary>The row letters stand on.</summary>
    public int Baseline { get; }

    /// <summary>Atlas pixels from the outline at which distances end.</summary>
    public int Spread { get; }

    /// <summary>The letter of a character; a sign of its own for one that the atlas does not have.</summary>
    public Glyph Find(Rune character)
    {
        int low = 0, high = _count - 1, wanted = character.Value;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            ReadOnlySpan<byte> entry = new(_data + HeaderSize + middle * EntrySize, EntrySize);
            int code = BinaryPrimitives.ReadUInt16LittleEndian(entry);
            if (code == wanted)
                return new Glyph(
                    entry[2], (sbyte)entry[3], BinaryPrimitives.ReadUInt16LittleEndian(entry[4..]) / 16f,
                    BinaryPrimitives.ReadInt32LittleEndian(entry[8..]));
            if (code < wanted) low = middle + 1;
            else high = middle - 1;
        }

        return Find(new Rune(Replacement));
    }

    /// <summary>How far inside a letter's outline a point lies, in atlas pixels; negative: outside.</summary>
    /// <param name="glyph">The letter.</param>
    /// <param name="x">Atlas pixels from its left column.</param>
    /// <param name="y">Atlas pixels from its top row.</param>
    public float Depth(in Glyph glyph, float x, float y)
    {
        // The values are those of the pixels' centres.
        x = Math.Clamp(x - 0.5f, 0, glyph.Columns - 1);
        y = Math.Clamp(y - 0.5f, 0, Rows - 1);
        int column = (int)x, row = (int)y;
        float right = x - column, down = y - row;
        byte* upper = _data + glyph.Offset + row * glyph.Columns + column;
        byte* lower = row + 1 < Rows ? upper + glyph.Columns : upper;
        int next = column + 1 < glyph.Columns ? 1 : 0;
        float top = upper[0] + (upper[next] - upper[0]) * right;
        float bottom = lower[0] + (lower[next] - lower[0]) * right;
        return (top + (bottom - top) * down - 128) / 127 * Spread;
    }
}
