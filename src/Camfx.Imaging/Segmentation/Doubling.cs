using System.Numerics;
using System.Runtime.CompilerServices;

namespace Camfx.Imaging.Segmentation;

/// <summary>Rows of chroma's size at luma's.</summary>
internal static unsafe class Doubling
{
    /// <summary>Each value twice. Reads and writes whole vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(float* source, float* target, int count)
    {
        for (int x = 0; x < count; x += Vector<float>.Count)
        {
            Vector<float> value = Vector.Load(source + x);
            Interleave(value, value, target + 2 * x);
        }
    }

    /// <summary>The means of three doubled neighbours: of a row a b c …, (a + 2b) / 3 and (2b + c) / 3. Reads one value before and one behind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Means(Vector<float> before, Vector<float> here, Vector<float> behind, float* target)
    {
        Vector<float> third = new(1f / 3), twice = here + here;
        Interleave((before + twice) * third, (twice + behind) * third, target);
    }

    /// <summary>a0 b0 a1 b1 …</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Interleave(Vector<float> even, Vector<float> odd, float* target)
    {
        Vector.Widen(Vector.AsVectorUInt32(even), out Vector<ulong> even0, out Vector<ulong> even1);
        Vector.Widen(Vector.AsVectorUInt32(odd), out Vector<ulong> odd0, out Vector<ulong> odd1);
        Vector.Store(Vector.AsVectorSingle(even0 | Vector.ShiftLeft(odd0, 32)), target);
        Vector.Store(Vector.AsVectorSingle(even1 | Vector.ShiftLeft(odd1, 32)), target + Vector<float>.Count);
    }
}
