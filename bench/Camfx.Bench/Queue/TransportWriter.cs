using System.Globalization;
using Camfx.Frames;
using Camfx.Frames.Queue;
using Camfx.Posix;

namespace Camfx.Bench.Queue;

/// <summary>The frame queue's producer among the transports that are compared (bench/figures/transport.py); the others are C.</summary>
internal static unsafe class TransportWriter
{
    /// <summary>Arguments: socket, library, warm, frames, rate.</summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        uint rate = uint.Parse(arguments[4], CultureInfo.InvariantCulture);
        using var picture = new Picture(arguments[1], Parse(arguments[2]), Parse(arguments[3]), rate);
        using FrameQueueWriter writer = FrameQueueWriter.Create(new FrameQueueOptions(
            "bench", FrameLayout.Packed(PixelFormat.I420, Picture.Width, Picture.Height), ColorMatrix.Bt709, ColorRange.Limited, (int)rate, 1,
            LeaseLimit: 8, Generation: 1));
        using var server = new FrameQueueServer(arguments[0], new BenchHost(writer));
        Console.WriteLine("ready");
        while (picture.Pace() is > 0 and ulong number)
        {
            if (!writer.TryBegin(out FrameSlot slot)) throw new InvalidOperationException("No slot was found.");
            byte* pixels = slot.View.Plane(0);
            picture.Draw(pixels, number);
            picture.Stamp(pixels);
            long now = MonotonicClock.Now;
            writer.Publish(slot, new FrameTiming(now, now));
            picture.Sent(number);
        }

        return 0;
    }

    private static ulong Parse(string number) => ulong.Parse(number, CultureInfo.InvariantCulture);
}
