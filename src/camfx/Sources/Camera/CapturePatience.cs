namespace Camfx.Sources.Camera;

/// <summary>How long a camera is waited for, in ns.</summary>
/// <param name="FirstPicture">Until its first picture: cameras that set up their exposure take seconds.</param>
/// <param name="Silence">Then one that sends nothing for so long hangs.</param>
/// <param name="Retry">Until the next try where no event tells that it can be had again: it is busy, or in error.</param>
internal sealed record CapturePatience(long FirstPicture, long Silence, long Retry)
{
    /// <summary>For cameras as they are.</summary>
    public static CapturePatience Usual { get; } = new(5_000_000_000, 2_000_000_000, 2_000_000_000);
}
