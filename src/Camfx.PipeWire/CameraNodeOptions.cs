using System.Collections.Immutable;
using Camfx.Frames;

namespace Camfx.PipeWire;

/// <summary>How a camera presents itself at PipeWire.</summary>
/// <param name="Name">
/// The stable <c>node.name</c>; browsers remember their camera by it.
/// </param>
/// <param name="Description">What users see in their list of cameras (<c>node.description</c>). Without one browsers drop the node.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="FrameRateNumerator">Frames …</param>
/// <param name="FrameRateDenominator">… in so many seconds.</param>
public sealed record CameraNodeOptions(
    string Name, string Description, int Width, int Height, int FrameRateNumerator, int FrameRateDenominator = 1)
{
    /// <summary>One on its way and one that rests after its return.</summary>
    private const int LeastShare = 3;

    /// <summary>The slots of the queue that may be out at PipeWire at once if nothing else is said.</summary>
    public const int DefaultShare = 4;

    /// <summary>
    /// The formats offered, the first preferred. Each has the one size and rate: a camera with ranges is invisible in browsers.
    /// </summary>
    public ImmutableArray<PixelFormat> Formats { get; init; } = [PixelFormat.I420, PixelFormat.Nv12, PixelFormat.Yuyv, PixelFormat.Bgra];

    /// <summary>
    /// The slots that may be out at PipeWire at once (3 to 62): one on its way, one at rest after its return, the rest for consumers that keep frames
    /// (GStreamer does). The queue's lease limit has room for it.
    /// </summary>
    public int Share { get; init; } = DefaultShare;

    /// <summary>Path of PipeWire's socket; null: as <c>PIPEWIRE_REMOTE</c> and <c>XDG_RUNTIME_DIR</c> say.</summary>
    public string? Socket { get; init; }

    /// <summary>Further properties of the node, which win over camfx's own.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Properties { get; init; } = [];

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Name);
        ArgumentException.ThrowIfNullOrWhiteSpace(Description);
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Width, FrameLayout.MaxDimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Height, FrameLayout.MaxDimension);
        ArgumentOutOfRangeException.ThrowIfLessThan(FrameRateNumerator, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FrameRateDenominator, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Share, LeastShare);
        if (Formats.IsDefaultOrEmpty || Formats.Any(format => format == PixelFormat.Unknown || PixelFormatInfo.Of(format).SpaId == 0))
            throw new ArgumentException("A node offers at least one raw format that PipeWire knows.", nameof(Formats));
    }
}
