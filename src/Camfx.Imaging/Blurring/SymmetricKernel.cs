using System.Runtime.CompilerServices;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Blurring;

/// <summary>
/// The weighted sum of a word of Source0 and its neighbours on both sides, Distance words from one to the next, Value of them each way; Weights are Q15,
/// the middle's first. Distance 1 makes it the horizontal pass of a blur, the rows' distance the vertical one. The unit is a word.
/// </summary>
internal readonly unsafe struct SymmetricKernel : IKernel<WordRow>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Step(int vectorWidth) => vectorWidth / 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scalar(in WordRow row, int unit)
    {
        short* middle = row.Source0 + unit;
        int sum = BlurSample.Multiply(middle[0], row.Weights[0]);
        for (int tap = 1; tap <= row.Value; tap++)
        {
            nint away = (nint)tap * row.Distance;
            sum += BlurSample.Multiply(middle[-away] + middle[away], row.Weights[tap]);
        }

        row.Target0[unit] = (short)sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Vector<TLanes, TBytes, TWords>(in WordRow row, int unit)
        where TLanes : struct, ILanes<TBytes, TWords>
        where TBytes : unmanaged
        where TWords : unmanaged
    {
        short* middle = row.Source0 + unit, before = middle, after = middle;
        TWords sum = TLanes.MultiplyRound(TLanes.LoadWords(middle), TLanes.SplatWord(row.Weights[0]));
        for (int tap = 1; tap <= row.Value; tap++)
        {
            before -= row.Distance;
            after += row.Distance;
            TWords both = TLanes.Add(TLanes.LoadWords(before), TLanes.LoadWords(after));
            sum = TLanes.Add(sum, TLanes.MultiplyRound(both, TLanes.SplatWord(row.Weights[tap])));
        }

        TLanes.StoreWords(row.Target0 + unit, sum);
    }
}
