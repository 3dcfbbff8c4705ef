using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Camfx.Imaging.Warping;

/// <summary>
/// Takes runs of samples from their places, bilinearly, in 1/128 of a sample. The eight-sample form gathers and so needs AVX2; elsewhere the scalar form, which is the specification, does
/// it all.
/// </summary>
internal static unsafe class WarpPass
{
    private const int PlaceBits = PlaneMap.PlaceBits, WeightBits = 7, WeightShift = PlaceBits - WeightBits, One = 1 << WeightBits;
    private const int Half = 1 << 2 * WeightBits - 1, Middle = 1 << PlaceBits - 1;

    /// <summary>The samples of one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(in WarpPlane plane, PlaneMap map, int* nodes, int y, byte* target, int width)
    {
        int below = y & PlaneMap.Cell - 1;
        int* above = nodes + (y >> PlaneMap.CellBits) * map.Stride, under = above + map.Stride;
        bool wide = Avx2.IsSupported && plane.Width >= sizeof(int);
        for (int x = 0; x < width; x += PlaneMap.Cell, above += 2, under += 2)
        {
            WarpRun run = new() { X = Between(above[0], under[0], below), Y = Between(above[1], under[1], below), Target = target + x };
            run.StepX = Between(above[2], under[2], below) - run.X >> PlaneMap.CellBits;
            run.StepY = Between(above[3], under[3], below) - run.Y >> PlaneMap.CellBits;
            if (wide && width - x >= PlaneMap.Cell) Eight(plane, run);
            else Scalars(plane, run, Math.Min(PlaneMap.Cell, width - x));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Between(int above, int under, int part) => above + ((under - above) * part >> PlaneMap.CellBits);

    private static void Scalars(in WarpPlane plane, in WarpRun run, int count)
    {
        int right = plane.Width - 1, bottom = plane.Height - 1;
        for (int i = 0; i < count; i++)
        {
            int x = run.X + i * run.StepX, y = run.Y + i * run.StepY;
            if (plane.Outside >= 0 && (x < -Middle || y < -Middle || x > (right << PlaceBits) + Middle || y > (bottom << PlaceBits) + Middle))
            {
                run.Target[i] = (byte)plane.Outside;
                continue;
            }

            x = Math.Clamp(x, 0, right << PlaceBits);
            y = Math.Clamp(y, 0, bottom << PlaceBits);
            int column = x >> PlaceBits, line = y >> PlaceBits, across = x >> WeightShift & One - 1, down = y >> WeightShift & One - 1;
            byte* first = plane.Source + (nint)line * plane.Stride + column, second = line < bottom ? first + plane.Stride : first;
            int next = column < right ? 1 : 0;
            int upper = first[0] * (One - across) + first[next] * across, lower = second[0] * (One - across) + second[next] * across;
            run.Target[i] = (byte)(upper * (One - down) + lower * down + Half >> 2 * WeightBits);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(in WarpPlane plane, in WarpRun run)
    {
        Vector256<int> i = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), right = Vector256.Create(plane.Width - 1), bottom = Vector256.Create(plane.Height - 1);
        Vector256<int> x = Vector256.Create(run.X) + i * run.StepX, y = Vector256.Create(run.Y) + i * run.StepY;
        Vector256<int> insideX = Vector256.Clamp(x, Vector256<int>.Zero, right << PlaceBits), insideY = Vector256.Clamp(y, Vector256<int>.Zero, bottom << PlaceBits);
        Vector256<int> column = insideX >> PlaceBits, line = insideY >> PlaceBits, mask = Vector256.Create(One - 1);
        Vector256<int> across = insideX >> WeightShift & mask, down = insideY >> WeightShift & mask;

        // Four bytes are read for two: near the right edge they begin earlier, and the byte looked for is shifted down. Behind the last one stands 0, whose weight is 0.
        Vector256<int> begin = Vector256.Min(column, right - Vector256.Create(sizeof(int) - 1));
        Vector256<uint> shift = (column - begin << 3).AsUInt32();
        Vector256<int> offset = line * plane.Stride + begin;
        Vector256<int> next = Avx2.CompareGreaterThan(bottom, line) & Vector256.Create(plane.Stride);
        Vector256<int> first = Avx2.ShiftRightLogicalVariable(Avx2.GatherVector256((int*)plane.Source, offset, 1), shift);
        Vector256<int> second = Avx2.ShiftRightLogicalVariable(Avx2.GatherVector256((int*)plane.Source, offset + next, 1), shift);
        Vector256<short> acrossWeights = Weights(across), downWeights = Weights(down);
        Vector256<int> upper = Avx2.MultiplyAddAdjacent(Pairs(first), acrossWeights), lower = Avx2.MultiplyAddAdjacent(Pairs(second), acrossWeights);
        Vector256<int> sum = Avx2.MultiplyAddAdjacent((upper | lower << 16).AsInt16(), downWeights) + Vector256.Create(Half) >> 2 * WeightBits;
        if (plane.Outside >= 0)
        {
            Vector256<int> middle = Vector256.Create(Middle), low = -middle;
            Vector256<int> outside = Avx2.CompareGreaterThan(low, x) | Avx2.CompareGreaterThan(low, y)
                | Avx2.CompareGreaterThan(x, (right << PlaceBits) + middle) | Avx2.CompareGreaterThan(y, (bottom << PlaceBits) + middle);
            sum = Avx2.BlendVariable(sum, Vector256.Create(plane.Outside), outside);
        }

        Vector128<short> words = Sse2.PackSignedSaturate(sum.GetLower(), sum.GetUpper());
        Sse2.PackUnsignedSaturate(words, words).GetLower().Store(run.Target);
    }

    /// <summary>What is left to one, and the weight, as words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Weights(Vector256<int> weight) => (Vector256.Create(One) - weight | weight << 16).AsInt16();

    /// <summary>The two lowest bytes of each number, as words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Pairs(Vector256<int> bytes) =>
        (bytes & Vector256.Create(0xff) | (bytes & Vector256.Create(0xff00)) << 8).AsInt16();
}
