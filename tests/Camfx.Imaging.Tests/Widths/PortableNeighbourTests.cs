using System.Runtime.Intrinsics;
using Camfx.Imaging.Denoising;
using Camfx.Imaging.Neighbours;
using Camfx.Imaging.Simd;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Widths;

/// <summary>As <see cref="PortableLanesTests"/>, for the kernels that look around a sample.</summary>
public sealed unsafe class PortableNeighbourTests
{
    private const int Width = 192, Stride = 256, Room = 8;

    [SkippableFact]
    public void Portable_vectors_give_the_scalar_bytes_of_every_neighbour_kernel()
    {
        Skip.IfNot(Vector128.IsHardwareAccelerated, "This processor or runtime has no vectors.");
        Same<ColumnSumKernel>();
        Same<BlurKernel>();
        Same<SharpenKernel>();
        Same<SoftenKernel>();
        Same<EdgeKernel>();
        Same<EmbossKernel>();
    }

    [SkippableFact]
    public void Portable_vectors_give_the_scalar_words_of_every_denoising_kernel()
    {
        Skip.IfNot(Vector128.IsHardwareAccelerated, "This processor or runtime has no vectors.");
        SameWords<DifferenceKernel>();
        SameWords<DifferenceSumKernel>();
        SameWords<FollowKernel>();
    }

    private static void Same<TKernel>()
        where TKernel : struct, IKernel<NeighbourRow>
    {
        Check<TKernel>(
            static start => new NeighbourRow
            {
                Above2 = start + Room,
                Above = start + Stride + Room,
                Middle = start + 2 * Stride + Room,
                Below = start + 3 * Stride + Room,
                Below2 = start + 4 * Stride + Room,
                Words = (short*)(start + 6 * Stride) + Room,
                Target = start + 9 * Stride,
                Value0 = 60,
                Value1 = 3,
            },
            static row => Traversal.Scalars<TKernel, NeighbourRow>(row, 0, Width),
            static row => Traversal.Vectors<TKernel, NeighbourRow, PortableLanes, Vector128<byte>, Vector128<short>>(row, 0, Width));
    }

    private static void SameWords<TKernel>()
        where TKernel : struct, IKernel<DenoiseRow>
    {
        Check<TKernel>(
            static start => new DenoiseRow
            {
                Above2 = (short*)start + Room,
                Above = (short*)(start + 2 * Stride) + Room,
                Middle = (short*)(start + 4 * Stride) + Room,
                Below = (short*)(start + 6 * Stride) + Room,
                Below2 = (short*)(start + 8 * Stride) + Room,
                Sums = (short*)(start + 10 * Stride) + Room,
                Memory = (short*)(start + 12 * Stride),
                Codes = start + 14 * Stride,
                Threshold = 9,
                Slope = 16,
                Least = 40,
            },
            static row => Traversal.Scalars<TKernel, DenoiseRow>(row, 0, Width),
            static row => Traversal.Vectors<TKernel, DenoiseRow, PortableLanes, Vector128<byte>, Vector128<short>>(row, 0, Width));
    }

    private delegate TRow Rows<TRow>(byte* start);

    /// <summary>Words hold what such a kernel finds in them: differences, sums and memories within their ranges.</summary>
    private static void Check<TKernel>(Rows<NeighbourRow> rows, Action<NeighbourRow> scalar, Func<NeighbourRow, int> vector) =>
        Check(typeof(TKernel), start => scalar(rows(start)), start => vector(rows(start)), 6 * Stride, 4080);

    private static void Check<TKernel>(Rows<DenoiseRow> rows, Action<DenoiseRow> scalar, Func<DenoiseRow, int> vector) =>
        Check(typeof(TKernel), start => scalar(rows(start)), start => vector(rows(start)), 0, 255);

    private delegate void Run(byte* start);

    private delegate int Steps(byte* start);

    private static void Check(Type kernel, Run scalar, Steps vector, int firstWord, int largest)
    {
        byte[] one = new byte[16 * Stride];
        Noise noise = new(9);
        for (int i = 0; i < one.Length; i++) one[i] = noise.NextByte();
        fixed (byte* start = one)
        {
            short* words = (short*)(start + firstWord);
            for (int i = 0; i < (firstWord == 0 ? 6 : 1) * Stride; i++) words[i] = (short)(words[i] % (largest + 1));
            short* memory = (short*)(start + 12 * Stride);
            for (int i = 0; i < Width; i++) memory[i] = (short)((memory[i] & 255) << 7);
            if (firstWord > 0)
                for (int i = 0; i < Stride; i++) words[i] = Math.Abs(words[i]);
        }

        byte[] other = [.. one];
        fixed (byte* start = one) scalar(start);
        fixed (byte* start = other) Assert.Equal(Width, vector(start));
        Assert.True(one.AsSpan().SequenceEqual(other), $"{kernel} differs.");
    }
}
