using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Camfx.Frames;
using Camfx.Imaging.Conversion;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Scaling;
using Camfx.Imaging.Simd;
using Camfx.Imaging.Tests.Infrastructure;

namespace Camfx.Imaging.Tests.Widths;

/// <summary>
/// What arm64 runs, run here: <see cref="PortableLanes"/> driving kernels must give the scalar form's bytes. (On x86 the processor's own
/// instructions are taken, so no child process reaches it.)
/// </summary>
public sealed unsafe class PortableLanesTests
{
    private const int Width = 192;

    [SkippableFact]
    public void Portable_vectors_give_the_scalar_bytes_of_every_row_pair_kernel()
    {
        Skip.IfNot(Vector128.IsHardwareAccelerated, "This processor or runtime has no vectors.");
        Pair<UnpackYuvKernel<YuyvOrder, PlanarChroma>>(null);
        Pair<UnpackYuvKernel<UyvyOrder, InterleavedChroma>>(null);
        Pair<PackYuvKernel<YuyvOrder, PlanarChroma>>(null);
        Pair<PackYuvKernel<UyvyOrder, InterleavedChroma>>(null);
        short* constants = stackalloc short[RgbToYuvConstants.Length], transform = stackalloc short[Imaging.Color.TransformConstants.Length];
        RgbToYuvConstants.Write(constants, ColorMatrix.Bt709, ColorRange.Limited);
        Pair<RgbToYuvKernel<BgraLayout, PlanarChroma>>(constants);
        Pair<RgbToYuvKernel<Rgb24Layout, InterleavedChroma>>(constants);
        YuvToRgbConstants.Write(constants, ColorMatrix.Bt601, ColorRange.Full);
        Pair<YuvToRgbKernel<RgbaLayout, PlanarChroma>>(constants);
        Pair<YuvToRgbKernel<Bgr24Layout, InterleavedChroma>>(constants);
        Imaging.Color.TransformConstants.Write(transform, [0.9, 0.3, -0.2, 0.1, 0.2, 1.1, 0, 0, -0.3, 0.1, 1.2, -0.1], ColorMatrix.Bt601, ColorRange.Limited);
        Pair<Imaging.Color.TransformKernel>(transform);
        RecolorConstants.Write(constants, ColorMatrix.Bt601, ColorRange.Full, ColorMatrix.Bt709, ColorRange.Limited);
        Pair<RecolorKernel<PlanarChroma>>(constants);
    }

    [SkippableFact]
    public void Portable_vectors_give_the_scalar_bytes_of_every_plane_kernel()
    {
        Skip.IfNot(Vector128.IsHardwareAccelerated, "This processor or runtime has no vectors.");
        Plane<InterleaveKernel>();
        Plane<DeinterleaveKernel>();
        Plane<AverageKernel>();
        Plane<AverageInterleaveKernel>();
        Plane<Imaging.Geometry.MirrorKernel>();
        Plane<Imaging.Geometry.MirrorPairsKernel>();
        Plane<Imaging.Color.LookupKernel>();
        Plane<Imaging.Color.BlendKernel>();
        Plane<Imaging.Color.ChromaKernel>();
        Plane<Imaging.Color.NoiseKernel>();
        Plane<Imaging.Color.DotKernel>();
        Plane<Imaging.Neighbours.InkKernel>();
        Plane<Imaging.Matting.MatteKernel>();
        Plane<Imaging.Matting.HalveKernel>();
        Plane<Imaging.Blurring.Reduce2Kernel>();
        Plane<Imaging.Blurring.Reduce4Kernel>();
    }

    [SkippableFact]
    public void Portable_vectors_give_the_scalar_words_of_every_word_kernel()
    {
        Skip.IfNot(Vector128.IsHardwareAccelerated, "This processor or runtime has no vectors.");
        Word<Imaging.Blurring.SymmetricKernel>();
        Word<Imaging.Blurring.BetweenKernel>();
        Word<Imaging.Blurring.Expand2Kernel>();
        Word<Imaging.Blurring.Expand4Kernel>();
        Word<Imaging.Color.FalloffKernel>();
        Word<Imaging.Neighbours.RowSumKernel>();
    }

    [SkippableFact]
    public void Portable_vectors_transpose_like_the_processors_own()
    {
        Skip.IfNot(Vector128.IsHardwareAccelerated, "This processor or runtime has no vectors.");
        byte[] source = Bytes(256, 1), target = new byte[256];
        fixed (byte* from = source, to = target)
        {
            Imaging.Geometry.Transposition.ByteBlock<PortableLanes>(from, 16, to, 16);
            for (int i = 0; i < 256; i++) Assert.Equal(source[i], target[i % 16 * 16 + i / 16]);
            Imaging.Geometry.Transposition.WordBlock<PortableLanes>(from, 16, to, 16);
            for (int i = 0; i < 64; i++) Assert.Equal(((ushort*)from)[i], ((ushort*)to)[i % 8 * 8 + i / 8]);
        }
    }

    [SkippableFact]
    public void Portable_vectors_filter_like_the_processors_own()
    {
        Skip.IfNot(Sse41.IsSupported, "There is nothing to compare with on this processor.");
        byte** lines = stackalloc byte*[4];
        int* weights = stackalloc int[2] { 5000 | 4000 << 16, 3000 | 4384 << 16 };
        foreach (int targetLength in (ReadOnlySpan<int>)[40, 96, 300])
        {
            AxisFilter filter = new(96, targetLength);
            byte[] rows = Bytes(4 * 128, 2);
            short[] a = new short[128 + FilterPass.Padding], b = new short[128 + FilterPass.Padding];
            byte[] x = new byte[targetLength], y = new byte[targetLength];
            fixed (byte* source = rows, first = x, second = y)
            fixed (short* own = a, portable = b)
            fixed (int* offsets = filter.Offsets, pairs = filter.Pairs)
            {
                for (int line = 0; line < 4; line++) lines[line] = source + 128 * line;
                FilterPass.RowVectors<FilterLanes128, Vector128<int>>(lines, weights, 2, own, 0, 128);
                FilterPass.RowVectors<PortableFilterLanes, Vector128<int>>(lines, weights, 2, portable, 0, 128);
                FilterPass.ColumnVectors<FilterLanes128, Vector128<int>>(filter, offsets, pairs, own, first, 0);
                FilterPass.ColumnVectors<PortableFilterLanes, Vector128<int>>(filter, offsets, pairs, portable, second, 0);
            }

            Assert.Equal(a, b);
            Assert.Equal(x, y);
            Assert.NotEqual(new byte[targetLength], x);
        }
    }

    private static void Pair<TKernel>(short* constants)
        where TKernel : struct, IKernel<RowPair>
    {
        byte[] scalar = Bytes(11 * Width, 3), vector = [.. scalar];
        Assert.Equal(0, Run(scalar, portable: false));
        int handled = Run(vector, portable: true);
        Assert.Equal(Width / 2, handled);
        Assert.True(scalar.AsSpan().SequenceEqual(vector), $"{typeof(TKernel)} differs.");

        int Run(byte[] memory, bool portable)
        {
            fixed (byte* start = memory)
            {
                RowPair row = new()
                {
                    Packed0 = start,
                    Packed1 = start + 4 * Width,
                    Luma0 = start + 8 * Width,
                    Luma1 = start + 9 * Width,
                    ChromaU = start + 10 * Width,
                    ChromaV = start + 10 * Width + Width / 2,
                    Constants = constants,
                    Width = Width,
                };
                if (portable) return Traversal.Vectors<TKernel, RowPair, PortableLanes, Vector128<byte>, Vector128<short>>(row, 0, Width / 2);
                Traversal.Scalars<TKernel, RowPair>(row, 0, Width / 2);
                return 0;
            }
        }
    }

    private static void Plane<TKernel>()
        where TKernel : struct, IKernel<PlaneRow>
    {
        byte[] scalar = Bytes(24 * Width, 4), vector = [.. scalar];
        Run(scalar, portable: false);
        Assert.Equal(Width, Run(vector, portable: true));
        Assert.True(scalar.AsSpan().SequenceEqual(vector), $"{typeof(TKernel)} differs.");

        static int Run(byte[] memory, bool portable)
        {
            fixed (byte* start = memory)
            {
                // Room on both sides of Source0: mirroring reads backwards from it. Four bytes a unit: what reduces reads as many.
                PlaneRow row = new()
                {
                    Source0 = start + 2 * Width,
                    Source1 = start + 6 * Width,
                    Source2 = start + 10 * Width,
                    Source3 = start + 14 * Width,
                    Target0 = start + 18 * Width,
                    Target1 = start + 21 * Width,
                    Value = 200,
                };
                if (portable) return Traversal.Vectors<TKernel, PlaneRow, PortableLanes, Vector128<byte>, Vector128<short>>(row, 0, Width);
                Traversal.Scalars<TKernel, PlaneRow>(row, 0, Width);
                return Width;
            }
        }
    }

    private static void Word<TKernel>()
        where TKernel : struct, IKernel<WordRow>
    {
        // Samples as a blur has them: bytes with six fractional bits.
        short[] scalar = [.. Bytes(8 * Width, 5).Select(value => (short)(value << 6))], vector = [.. scalar];
        Run(scalar, portable: false);
        Assert.Equal(Width, Run(vector, portable: true));
        Assert.True(scalar.AsSpan().SequenceEqual(vector), $"{typeof(TKernel)} differs.");

        static int Run(short[] memory, bool portable)
        {
            short* weights = stackalloc short[4] { 10000, 6000, 4000, 1384 };
            fixed (short* start = memory)
            {
                WordRow row = new()
                {
                    Source0 = start + Width,
                    Source1 = start + 3 * Width,
                    Target0 = start + 4 * Width,
                    Bytes = (byte*)(start + 5 * Width),
                    Weights = weights,
                    Distance = 5,
                    Value = 3,
                };
                if (portable) return Traversal.Vectors<TKernel, WordRow, PortableLanes, Vector128<byte>, Vector128<short>>(row, 0, Width);
                Traversal.Scalars<TKernel, WordRow>(row, 0, Width);
                return Width;
            }
        }
    }

    private static byte[] Bytes(int count, uint seed)
    {
        Noise noise = new(seed);
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) bytes[i] = noise.NextByte();
        return bytes;
    }
}
