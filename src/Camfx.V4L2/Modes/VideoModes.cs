using Camfx.Frames;

namespace Camfx.V4L2;

/// <summary>What a node can do: formats, sizes and rates.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
public sealed class VideoModes
{
    /// <summary>The part of a wanted rate that holds it: NTSC's 29.97 is what is meant by 30.</summary>
    internal const double EnoughOfRate = 0.95;

    internal VideoModes(IReadOnlyList<ModeRange> ranges) => Ranges = ranges;

    /// <summary>Everything the driver told, in its order, formats camfx cannot read included.</summary>
    public IReadOnlyList<ModeRange> Ranges { get; }

    /// <summary>Asks an open node. A driver that leaves sizes or rates out is asked in other ways; what makes no sense is passed over.</summary>
    /// <param name="file">The node.</param>
    /// <param name="output">Its output side instead of its capture side.</param>
    /// <exception cref="VideoException">It is no video node, or gone.</exception>
    public static VideoModes List(IVideoFile file, bool output = false) => new(new ModeEnumeration(file, output).Ranges());

    /// <summary>
    /// The best mode for a wished-for picture: that size and rate, raw before MJPEG before H.264 when the rate holds. Where not everything can be
    /// had, a picture that is a little too large goes before one that is too small, and one that moves before one that is large.
    /// </summary>
    /// <returns>Null: the node has no format that camfx can read.</returns>
    public VideoMode? Best(int width, int height, double framesPerSecond)
    {
        VideoMode? best = null;
        double least = double.PositiveInfinity;
        foreach (ModeRange range in Ranges)
        {
            if (WireFormat.Of(range.Code) is not { } format) continue;
            VideoMode mode = range.Nearest(width, height, framesPerSecond);
            double cost = SizeCost(mode, width, height) + RateCost(mode.Rate, framesPerSecond) + FormatCost(format);
            if (cost >= least) continue;
            (best, least) = (mode, cost);
        }

        return best;
    }

    /// <summary>Only those of one format.</summary>
    /// <param name="code">V4L2's code (fourcc).</param>
    public VideoModes Only(uint code) => new([.. Ranges.Where(range => range.Code == code)]);

    private static double SizeCost(VideoMode mode, int width, int height)
    {
        double part = Math.Min((double)mode.Width / width, (double)mode.Height / height);
        if (part < 1) return 0.3 + 2 * (1 - part);
        double area = (double)mode.Width * mode.Height / ((double)width * height);
        return area == 1 ? 0 : 0.1 + 0.2 * Math.Log2(area);
    }

    private static double RateCost(FrameRate rate, double wanted)
    {
        if (!rate.IsKnown) return 0.09; // It may well be fast enough; one that says so goes first.
        double part = rate.PerSecond / wanted;
        return part < EnoughOfRate ? 4 * (1 - part) : part > 1.05 ? Math.Min(0.001 * part, 0.01) : 0;
    }

    // Less than any shortfall of size or rate, so it decides only among modes that are otherwise alike.
    private static double FormatCost(WireFormat format)
    {
        int place = WireFormat.All.IndexOf(format);
        double kind = format.Format switch
        {
            PixelFormat.Gray8 => 0.03, // No colour.
            PixelFormat.Mjpeg => 0.04,
            PixelFormat.Unknown => 0.06,
            _ => 0,
        };
        return kind + 0.0001 * place;
    }
}
