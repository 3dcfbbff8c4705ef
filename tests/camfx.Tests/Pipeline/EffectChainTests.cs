using System.Collections.Immutable;
using Camfx.Configuration;
using Camfx.Effects;
using Camfx.Frames;
using Camfx.Pipeline;

namespace Camfx.Tests.Pipeline;

public sealed unsafe class EffectChainTests
{
    private const int Width = 64, Height = 32;

    /// <summary>Every arrangement of up to four effects, in place (true) or not, ends in the final frame and in the right order.</summary>
    [Fact]
    public void EveryArrangementEndsInTheFinalFrame()
    {
        for (int count = 0; count <= 4; count++)
        {
            for (int bits = 0; bits < 1 << count; bits++)
            {
                Append[] effects = [.. Enumerable.Range(0, count).Select(i => new Append((byte)(i + 1), (bits >> i & 1) != 0))];
                using var chain = new EffectChain(Links(effects), Width, Height, Failed);
                using var final = NewFrame();
                *chain.First(final.View).Row(0, 0) = 0;
                chain.Apply(final.View, 0);
                int expected = Enumerable.Range(1, count).Aggregate(0, (value, digit) => value * 5 + digit) & 0xff;
                Assert.Equal(expected, *final.View.Row(0, 0));
            }
        }
    }

    [Fact]
    public void WithoutEffectsTheSourceDrawsWhereTheFrameIsPublished()
    {
        using var chain = new EffectChain([], Width, Height, Failed);
        using var final = NewFrame();
        Assert.True(chain.First(final.View).Plane(0) == final.View.Plane(0));
    }

    [Fact]
    public void AFrameThroughTheChainAllocatesNothing()
    {
        using var chain = new EffectChain(Links(new Append(1, false), new Append(2, true), new Append(3, false)), Width, Height, Failed);
        using var final = NewFrame();
        chain.Apply(final.View, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) chain.Apply(final.View, i);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static ImmutableArray<EffectLink> Links(params Append[] effects) =>
        [.. effects.Select((effect, index) => new EffectLink(EffectSetting.Parse($"{index}", "append"), effect, new EffectCost()))];

    private static void Failed() => Assert.Fail("an effect failed");

    private static FrameBuffer NewFrame() =>
        new(FrameLayout.Packed(PixelFormat.I420, Width, Height), ColorMatrix.Bt601, ColorRange.Limited);

    /// <summary>Appends a digit to the number in the first pixel, to base 5.</summary>
    private sealed class Append(byte digit, bool inPlace) : IEffect
    {
        public bool IsInPlace => inPlace;

        public void Apply(in FrameView source, in FrameView target, long presentationTime)
        {
            if (inPlace != (source.Plane(0) == target.Plane(0))) throw new InvalidOperationException("wrong frames");
            *target.Row(0, 0) = (byte)(*source.Row(0, 0) * 5 + digit);
        }

        public void Dispose()
        {
        }
    }
}
