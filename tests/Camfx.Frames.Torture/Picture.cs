using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Camfx.Frames.Torture;

/// <summary>
/// What the frames show: lines of 512 bytes, whatever the format. The first line holds sequence, generation and the sum of all that follow; every other line
/// repeats one word that only this line of this frame of this generation has. So each line that is of another frame changes the sum.
/// </summary>
/// <remarks>
/// The sum: words go round four lanes; in each, a += word, b += a. Then h = h * 31 + a, h = h * 31 + b, lane by lane. Native/torture-reader.c has the same.
/// Two frames of a generation differ in each word of a line by the same odd number times the distance of their sequences: no number of torn lines makes
/// that 0 in a lane's a.
/// </remarks>
internal static unsafe class Picture
{
    public const int LineBytes = 512;
    private const ulong Golden = 0x9e3779b97f4a7c15;
    private const ulong LineStep = 0xd6e8feb86659fd93;
    private const int HeaderWords = 3;

    // Optimised from the first call: most processes here live for a fraction of a second.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Draw(byte* pixels, int size, ulong generation, ulong sequence)
    {
        ulong seed = Seed(generation, sequence);
        Vector256<ulong> a = default, b = default;
        for (int line = 1; line < size / LineBytes; line++)
        {
            Vector256<ulong> word = Vector256.Create(seed + (ulong)line * LineStep);
            byte* at = pixels + (long)line * LineBytes;
            for (int i = 0; i < LineBytes; i += 32)
            {
                word.Store((ulong*)(at + i));
                a += word;
                b += a;
            }
        }

        var first = (ulong*)pixels;
        first[0] = sequence;
        first[1] = generation;
        first[2] = Fold(a, b);
        for (int i = HeaderWords; i < LineBytes / sizeof(ulong); i++) first[i] = seed;
    }

    /// <summary>Whether these pixels are this frame, from the first byte to the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool IsWhole(byte* pixels, int size, ulong generation, ulong sequence)
    {
        Vector256<ulong> a = default, b = default;
        byte* end = pixels + (long)size / LineBytes * LineBytes;
        for (byte* at = pixels + LineBytes; at < end; at += 32)
        {
            a += Vector256.Load((ulong*)at);
            b += a;
        }

        var first = (ulong*)pixels;
        bool whole = first[0] == sequence && first[1] == generation && first[2] == Fold(a, b);
        ulong seed = Seed(generation, sequence);
        for (int i = HeaderWords; i < LineBytes / sizeof(ulong); i++) whole &= first[i] == seed;
        return whole;
    }

    private static ulong Seed(ulong generation, ulong sequence) => (generation << 40 ^ sequence) * Golden;

    private static ulong Fold(Vector256<ulong> a, Vector256<ulong> b)
    {
        ulong sum = 0;
        for (int lane = 0; lane < 4; lane++) sum = (sum * 31 + a[lane]) * 31 + b[lane];
        return sum;
    }
}
