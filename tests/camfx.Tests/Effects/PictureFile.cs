using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Camfx.Cairo;

namespace Camfx.Tests.Effects;

/// <summary>A PNG file (ISO/IEC 15948) with alpha, made here so that no picture has to lie in the repository.</summary>
internal sealed class PictureFile : IDisposable
{
    private PictureFile(int width, int height, Func<int, int, Color> pixel)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"camfx-{Guid.NewGuid():N}.png");
        byte[] rows = new byte[height * (1 + 4 * width)];
        int at = 0;
        for (int y = 0; y < height; y++)
        {
            // Each row begins with its filter; 0 is none.
            at++;
            for (int x = 0; x < width; x++)
            {
                Color color = pixel(x, y);
                (rows[at++], rows[at++], rows[at++], rows[at++]) = (color.Red, color.Green, color.Blue, color.Alpha);
            }
        }

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 6);
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(rows);
        using FileStream file = File.Create(Path);
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(file, "IHDR", header);
        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
    }

    public string Path { get; }

    public static PictureFile Flat(int width, int height, Color color) => new(width, height, (_, _) => color);

    public static PictureFile Of(int width, int height, Func<int, int, Color> pixel) => new(width, height, pixel);

    public void Dispose() => File.Delete(Path);

    private static void Chunk(Stream file, string type, byte[] data)
    {
        byte[] number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        file.Write(number);
    }

    // CRC-32 as in annex D of the PNG standard, a bit at a time: these files are small.
    private static uint Crc(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
