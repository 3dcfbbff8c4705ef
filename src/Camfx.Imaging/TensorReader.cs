using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Camfx.Imaging;

/// <summary>Turns what a neural network says of pixels into the bytes of a mask: 0 for 0, 255 for 1.</summary>
/// <remarks>Thread-safe; allocates nothing. What is no number becomes 0.</remarks>
public static unsafe class TensorReader
{
    // e to the power of 30 and more is infinite enough.
    private const float Limit = 30;

    /// <summary>Probabilities: what is below 0 or above 1 becomes that.</summary>
    public static void Probabilities(float* values, byte* mask, int count) => Run(values, mask, count, isLogit: false);

    /// <summary>Logits: the probability is 1 / (1 + e^-x).</summary>
    public static void Logits(float* values, byte* mask, int count) => Run(values, mask, count, isLogit: true);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(float* values, byte* mask, int count, bool isLogit)
    {
        int i = 0;
        for (; i <= count - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            Vector128<int> a = Level(Vector128.Load(values + i), isLogit), b = Level(Vector128.Load(values + i + 4), isLogit);
            Vector128<int> c = Level(Vector128.Load(values + i + 8), isLogit), d = Level(Vector128.Load(values + i + 12), isLogit);
            Vector128.Narrow(Vector128.Narrow(a, b).AsUInt16(), Vector128.Narrow(c, d).AsUInt16()).Store(mask + i);
        }

        for (; i < count; i++) mask[i] = (byte)Level(Vector128.CreateScalar(values[i]), isLogit).ToScalar();
    }

    private static Vector128<int> Level(Vector128<float> values, bool isLogit)
    {
        // Comparisons with what is no number are false.
        values = Vector128.ConditionalSelect(Vector128.Equals(values, values), values, isLogit ? Vector128.Create(-Limit) : Vector128<float>.Zero);
        if (isLogit)
        {
            values = Vector128.Min(Vector128.Max(values, Vector128.Create(-Limit)), Vector128.Create(Limit));
            values = Vector128<float>.One / (Vector128<float>.One + Vector128.Exp(-values));
        }

        values = Vector128.Min(Vector128.Max(values, Vector128<float>.Zero), Vector128<float>.One);
        return Vector128.ConvertToInt32(values * Vector128.Create(255f) + Vector128.Create(0.5f));
    }
}
