using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Camfx.Imaging.Planes;
using Camfx.Imaging.Simd;

namespace Camfx.Imaging.Scaling;

/// <summary>Parts channels that take turns and joins them again. Four channels are two times two: first 0 2 and 1 3, then each by itself.</summary>
internal static unsafe class ChannelOrder
{
    /// <summary>Channel c of each sample goes to parted + c × distance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Part(short* mixed, int count, int channels, short* parted, int distance)
    {
        switch (channels)
        {
            case 2:
                PartTwo(mixed, count, parted, parted + distance);
                break;
            case 4:
                short* even = stackalloc short[2 * count], odd = stackalloc short[2 * count];
                PartTwo(mixed, 2 * count, even, odd);
                PartTwo(even, count, parted, parted + 2 * distance);
                PartTwo(odd, count, parted + distance, parted + 3 * distance);
                break;
            default:
                for (int channel = 0; channel < channels; channel++)
                    for (int i = 0; i < count; i++) parted[channel * distance + i] = mixed[channels * i + channel];
                break;
        }
    }

    /// <summary>The inverse for bytes, channel after channel of <paramref name="count"/> each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Join(byte* parted, int count, int channels, byte* mixed)
    {
        switch (channels)
        {
            case 2:
                JoinTwo(parted, parted + count, count, mixed);
                break;
            case 4:
                byte* even = stackalloc byte[2 * count], odd = stackalloc byte[2 * count];
                JoinTwo(parted, parted + 2 * count, count, even);
                JoinTwo(parted + count, parted + 3 * count, count, odd);
                JoinTwo(even, odd, 2 * count, mixed);
                break;
            default:
                for (int channel = 0; channel < channels; channel++)
                    for (int i = 0; i < count; i++) mixed[channels * i + channel] = parted[channel * count + i];
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PartTwo(short* mixed, int count, short* first, short* second)
    {
        int done = 0;
        // Two words are one little-endian integer: its low half is the first channel.
        if (Vector512.IsHardwareAccelerated)
        {
            for (; done <= count - 32; done += 32)
            {
                Vector512<int> a = Vector512.Load((int*)(mixed + 2 * done)), b = Vector512.Load((int*)(mixed + 2 * done + 32));
                Vector512.Narrow(a, b).Store(first + done);
                Vector512.Narrow(a >> 16, b >> 16).Store(second + done);
            }
        }

        if (Vector128.IsHardwareAccelerated)
        {
            for (; done <= count - 8; done += 8)
            {
                Vector128<int> a = Vector128.Load((int*)(mixed + 2 * done)), b = Vector128.Load((int*)(mixed + 2 * done + 8));
                Vector128.Narrow(a, b).Store(first + done);
                Vector128.Narrow(a >> 16, b >> 16).Store(second + done);
            }
        }

        for (; done < count; done++)
        {
            first[done] = mixed[2 * done];
            second[done] = mixed[2 * done + 1];
        }
    }

    private static void JoinTwo(byte* first, byte* second, int count, byte* mixed)
    {
        PlaneRow row = new() { Source0 = first, Source1 = second, Target0 = mixed };
        Traversal.Run<InterleaveKernel, PlaneRow>(row, count);
    }
}
