using System.Runtime.CompilerServices;

namespace Camfx.Imaging.Conversion;

/// <summary>The arithmetic that scalar and vector forms of the colour kernels share.</summary>
internal static unsafe class FixedPoint
{
    /// <summary>Each constant stands this often in a row, so that a kernel of any width takes it as a memory operand.</summary>
    public const int Copies = 32;

    /// <summary>(a × b + 2¹⁴) >> 15, as the vectors' rounding Q15 product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MultiplyRound(int a, int b) => a * b + (1 << 14) >> 15;

    /// <summary>Clamps to 0–255, as the vectors' pack does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Clamp(int value) => (byte)Math.Clamp(value, 0, 255);

    /// <summary>Writes all copies of a constant.</summary>
    public static void Write(short* constants, int index, double value) =>
        new Span<short>(constants + index * Copies, Copies).Fill((short)Math.Round(value));
}
