using System.Buffers.Binary;

namespace Camfx.FFmpeg.Tests;

/// <summary>What the tests change in MP4 files (ISO/IEC 14496-12).</summary>
internal static class Mp4
{
    /// <summary>Writes a clockwise rotation into the track header's display matrix.</summary>
    public static void SetRotation(byte[] file, int clockwise)
    {
        int tkhd = file.AsSpan().IndexOf("tkhd"u8);
        Assert.True(tkhd > 0 && file[tkhd + 4] == 0, "a version 0 track header is expected");
        const int One = 1 << 16;
        (int a, int b, int c, int d) = clockwise switch
        {
            90 => (0, One, -One, 0),
            180 => (-One, 0, 0, -One),
            _ => (0, -One, One, 0),
        };

        // Behind the type: version and flags, five 32-bit fields, 8 reserved bytes, four 16-bit fields; then the matrix, row by row.
        Span<byte> matrix = file.AsSpan(tkhd + 4 + 4 + 5 * 4 + 8 + 4 * 2);
        BinaryPrimitives.WriteInt32BigEndian(matrix, a);
        BinaryPrimitives.WriteInt32BigEndian(matrix[4..], b);
        BinaryPrimitives.WriteInt32BigEndian(matrix[12..], c);
        BinaryPrimitives.WriteInt32BigEndian(matrix[16..], d);
    }
}
