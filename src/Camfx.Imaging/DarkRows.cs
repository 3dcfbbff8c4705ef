using Camfx.Frames;
using Camfx.Imaging.Color;
using Camfx.Imaging.Conversion;

namespace Camfx.Imaging;

/// <summary>Darkens every other few rows of I420 pictures, as a tube does. Rows in between are not touched.</summary>
/// <remarks>Immutable; thread-safe. <see cref="Apply"/> allocates nothing.</remarks>
public sealed unsafe class DarkRows
{
    private readonly byte[] _table = GC.AllocateArray<byte>(256, pinned: true);
    private readonly int _rows;
    private readonly ColorRange _range;

    /// <summary>Computes the table.</summary>
    /// <param name="rows">How many rows are dark, and how many between them are not: 1 to 64.</param>
    /// <param name="strength">How much of its light a dark row loses, 0 to 1.</param>
    /// <param name="range">Of the pictures.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public DarkRows(int rows, double strength, ColorRange range)
    {
        if (rows is < 1 or > 64) throw new ArgumentOutOfRangeException(nameof(rows), rows, "The rows go from 1 to 64.");
        if (!(strength is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(strength), strength, "The strength goes from 0 to 1.");
        _rows = rows;
        _range = range;
        int black = ColorWeights.LumaOffset(range);
        for (int code = 0; code < 256; code++) _table[code] = (byte)Math.Round(black + Math.Max(code - black, 0) * (1 - strength));
    }

    /// <summary>Darkens rows of a frame, in place.</summary>
    /// <param name="frame">An I420 picture in the range given to the constructor.</param>
    /// <exception cref="ArgumentException">Format or range do not fit.</exception>
    public void Apply(in FrameView frame)
    {
        FrameCheck.I420(frame);
        if (frame.Range != _range) throw new ArgumentException($"These rows are for the {_range} range, but the picture is {frame.Range}.");
        fixed (byte* table = _table)
        {
            for (int y = _rows; y < frame.Height; y += 2 * _rows)
                PlaneLookup.Run(frame, frame, 0, table, y, Math.Min(y + _rows, frame.Height));
        }
    }
}
