using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Geometry;

/// <summary>
/// Swaps rows and columns of a plane. Steps between rows may be negative, which makes rotations of it: upside-down reading turns by 90°, upside-down
/// writing by 270°.
/// </summary>
/// <remarks>
/// Blocks of 16x16 bytes or 8x8 words go through vectors: interleaving vector i with vector i + half, again and again, moves each bit of the row number
/// into the column number until both have changed places.
/// </remarks>
internal static unsafe class Transposition
{
    /// <summary>target[x × targetStep + y] = source[y × sourceStep + x] for every byte of a plane of width x height.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Bytes(byte* source, nint sourceStep, byte* target, nint targetStep, int width, int height)
    {
        bool vectors = Vector128.IsHardwareAccelerated;
        for (int y = 0; y < height; y += 16)
        {
            int rows = Math.Min(16, height - y);
            for (int x = 0; x < width; x += 16)
            {
                int columns = Math.Min(16, width - x);
                byte* from = source + y * sourceStep + x;
                byte* to = target + x * targetStep + y;
                if (vectors && rows == 16 && columns == 16)
                {
                    if (Lanes128.IsSupported) ByteBlock<Lanes128>(from, sourceStep, to, targetStep);
                    else ByteBlock<PortableLanes>(from, sourceStep, to, targetStep);
                    continue;
                }

                for (int row = 0; row < rows; row++)
                    for (int column = 0; column < columns; column++) to[column * targetStep + row] = from[row * sourceStep + column];
            }
        }
    }

    /// <summary>The same for 16-bit words; steps are in bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Words(byte* source, nint sourceStep, byte* target, nint targetStep, int width, int height)
    {
        bool vectors = Vector128.IsHardwareAccelerated;
        for (int y = 0; y < height; y += 8)
        {
            int rows = Math.Min(8, height - y);
            for (int x = 0; x < width; x += 8)
            {
                int columns = Math.Min(8, width - x);
                byte* from = source + y * sourceStep + 2 * x;
                byte* to = target + x * targetStep + 2 * y;
                if (vectors && rows == 8 && columns == 8)
                {
                    if (Lanes128.IsSupported) WordBlock<Lanes128>(from, sourceStep, to, targetStep);
                    else WordBlock<PortableLanes>(from, sourceStep, to, targetStep);
                    continue;
                }

                for (int row = 0; row < rows; row++)
                    for (int column = 0; column < columns; column++)
                        Unsafe.WriteUnaligned(
                            to + column * targetStep + 2 * row, Unsafe.ReadUnaligned<ushort>(from + row * sourceStep + 2 * column));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void ByteBlock<TLanes>(byte* source, nint sourceStep, byte* target, nint targetStep)
        where TLanes : struct, ILanes<Vector128<byte>, Vector128<short>>
    {
        Vector128<byte>* a = stackalloc Vector128<byte>[16], b = stackalloc Vector128<byte>[16];
        for (int i = 0; i < 16; i++) a[i] = TLanes.Load(source + i * sourceStep);
        for (int round = 0; round < 4; round++)
        {
            for (int i = 0; i < 8; i++)
            {
                b[2 * i] = TLanes.InterleaveLow(a[i], a[i + 8]);
                b[2 * i + 1] = TLanes.InterleaveHigh(a[i], a[i + 8]);
            }

            Vector128<byte>* done = b;
            b = a;
            a = done;
        }

        for (int i = 0; i < 16; i++) TLanes.Store(target + i * targetStep, a[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void WordBlock<TLanes>(byte* source, nint sourceStep, byte* target, nint targetStep)
        where TLanes : struct, ILanes<Vector128<byte>, Vector128<short>>
    {
        Vector128<byte>* a = stackalloc Vector128<byte>[8], b = stackalloc Vector128<byte>[8];
        for (int i = 0; i < 8; i++) a[i] = TLanes.Load(source + i * sourceStep);
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 4; i++)
            {
                b[2 * i] = TLanes.InterleaveWordsLow(a[i], a[i + 4]);
                b[2 * i + 1] = TLanes.InterleaveWordsHigh(a[i], a[i + 4]);
            }

            Vector128<byte>* done = b;
            b = a;
            a = done;
        }

        for (int i = 0; i < 8; i++) TLanes.Store(target + i * targetStep, a[i]);
    }
}
