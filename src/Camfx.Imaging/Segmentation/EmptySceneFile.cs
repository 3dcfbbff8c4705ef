using System.Buffers.Binary;

namespace Camfx.Imaging.Segmentation;

/// <summary>
/// The file of an empty scene, little-endian: eight bytes of name and version, width and height (32 bits each), for Y, U and V the means and then the deviations
/// (16 bits each, as <see cref="ScenePlane"/> has them), and the FNV-1a hash (64 bits) of all before it.
/// </summary>
internal static class EmptySceneFile
{
    private const int Header = 16, Trailer = 8;

    // More would be a damaged size: an analysis needs a small picture.
    private const int LargestDimension = 4096;

    private static ReadOnlySpan<byte> Name => "camfxes1"u8;

    public static void Write(EmptyScene scene, Stream stream)
    {
        byte[] file = new byte[Size(scene.Width, scene.Height)];
        Name.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), scene.Width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(12), scene.Height);
        Span<byte> rest = file.AsSpan(Header);
        for (int plane = 0; plane < 3; plane++)
        {
            rest = Put(scene.Plane(plane).Means, rest);
            rest = Put(scene.Plane(plane).Deviations, rest);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(rest, Hash(file.AsSpan(0, file.Length - Trailer)));
        stream.Write(file);
    }

    public static EmptyScene Read(Stream stream)
    {
        Span<byte> header = stackalloc byte[Header];
        if (stream.ReadAtLeast(header, Header, throwOnEndOfStream: false) < Header || !header[..7].SequenceEqual(Name[..7]))
            throw new InvalidDataException("This is not an empty scene that camfx took; take it again with camfx calibrate.");
        if (header[7] != Name[7])
            throw new InvalidDataException($"The empty scene is of version {(char)header[7]}, expected {(char)Name[7]}; take it again with camfx calibrate.");
        int width = BinaryPrimitives.ReadInt32LittleEndian(header[8..]), height = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
        if (width is < 2 or > LargestDimension || height is < 2 or > LargestDimension || (width | height) % 2 != 0) throw Damaged();
        byte[] file = new byte[Size(width, height)];
        header.CopyTo(file);
        if (stream.ReadAtLeast(file.AsSpan(Header), file.Length - Header, throwOnEndOfStream: false) < file.Length - Header) throw Damaged();
        if (BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(file.Length - Trailer)) != Hash(file.AsSpan(0, file.Length - Trailer))) throw Damaged();
        ScenePlane[] planes = new ScenePlane[3];
        ReadOnlySpan<byte> rest = file.AsSpan(Header);
        for (int plane = 0; plane < 3; plane++)
        {
            int columns = plane == 0 ? width : width / 2, lines = plane == 0 ? height : height / 2;
            ushort[] means = Take(ref rest, columns * lines), deviations = Take(ref rest, columns * lines);
            planes[plane] = new ScenePlane(columns, means, deviations);
        }

        return new EmptyScene(width, height, planes);
    }

    private static int Size(int width, int height) => Header + width * height * 3 / 2 * 2 * sizeof(ushort) + Trailer;

    private static InvalidDataException Damaged() => new("The file of the empty scene is damaged; take it again with camfx calibrate.");

    private static Span<byte> Put(ushort[] values, Span<byte> target)
    {
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteUInt16LittleEndian(target[(i * sizeof(ushort))..], values[i]);
        return target[(values.Length * sizeof(ushort))..];
    }

    private static ushort[] Take(ref ReadOnlySpan<byte> source, int count)
    {
        ushort[] values = new ushort[count];
        for (int i = 0; i < count; i++) values[i] = BinaryPrimitives.ReadUInt16LittleEndian(source[(i * sizeof(ushort))..]);
        source = source[(count * sizeof(ushort))..];
        return values;
    }

    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 14695981039346656037;
        foreach (byte value in bytes) hash = (hash ^ value) * 1099511628211;
        return hash;
    }
}
