using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Camfx.FFmpeg;

/// <summary>
/// The size a picture file declares, read before anything is decoded. libavcodec refuses large pictures too, but without saying that it is for
/// their size. Other formats than these are left to it.
/// </summary>
internal static class ImageHeader
{
    /// <summary>Reads width and height from a PNG, JPEG, BMP or GIF.</summary>
    /// <returns>False when the file is something else or too short to say.</returns>
    internal static bool TryReadSize(string path, out long width, out long height)
    {
        (width, height) = (0, 0);
        try
        {
            using SafeFileHandle file = File.OpenHandle(path);
            Span<byte> start = stackalloc byte[32];
            if (RandomAccess.Read(file, start, 0) < start.Length) return false;
            if (start[1..].StartsWith("PNG\r\n"u8))
            {
                width = BinaryPrimitives.ReadUInt32BigEndian(start[16..]);
                height = BinaryPrimitives.ReadUInt32BigEndian(start[20..]);
            }
            else if (start.StartsWith("GIF8"u8))
            {
                width = BinaryPrimitives.ReadUInt16LittleEndian(start[6..]);
                height = BinaryPrimitives.ReadUInt16LittleEndian(start[8..]);
            }
            else if (start.StartsWith("BM"u8))
            {
                width = BinaryPrimitives.ReadInt32LittleEndian(start[18..]);
                height = Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(start[22..]));
            }
            else if (start.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]))
            {
                ReadJpegSize(file, out width, out height);
            }

            return width > 0 && height > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // ITU-T T.81 annex B: segments of a marker and a length follow one another; a start-of-frame segment holds the size.
    private static void ReadJpegSize(SafeFileHandle file, out long width, out long height)
    {
        (width, height) = (0, 0);
        Span<byte> segment = stackalloc byte[9];
        long position = 2;
        while (RandomAccess.Read(file, segment, position) == segment.Length && segment[0] == 0xff)
        {
            byte marker = segment[1];
            bool isStartOfFrame = marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc);
            if (isStartOfFrame)
            {
                height = BinaryPrimitives.ReadUInt16BigEndian(segment[5..]);
                width = BinaryPrimitives.ReadUInt16BigEndian(segment[7..]);
                return;
            }

            // A fill byte is skipped alone.
            position += marker == 0xff ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
        }
    }
}
