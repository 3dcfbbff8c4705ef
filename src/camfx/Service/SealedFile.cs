using Camfx.Posix;

namespace Camfx.Service;

/// <summary>Bytes as a file that is passed to others and that nobody can change.</summary>
internal static class SealedFile
{
    /// <summary>Makes one; the caller owns it.</summary>
    /// <exception cref="PosixException">There is no memory or no descriptor for it.</exception>
    public static unsafe FileDescriptor Of(ReadOnlySpan<byte> bytes)
    {
        FileDescriptor file = Memfd.Create("camfx-picture", bytes.Length);
        try
        {
            using (MemoryMapping mapping = MemoryMapping.Map(file, 0, bytes.Length, MapAccess.ReadWrite))
                bytes.CopyTo(new Span<byte>(mapping.Address, bytes.Length));
            Memfd.AddSeals(file, Seals.Shrink | Seals.Grow | Seals.Write | Seals.Seal);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
