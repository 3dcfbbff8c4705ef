using Camfx.Frames;
using Camfx.Helper.Devices;
using Camfx.V4L2;

namespace Camfx.Helper.Backends;

/// <summary>A device's mode as V4L2 has it.</summary>
internal static class OutputModes
{
    public static OutputMode Of(DeviceMode mode) =>
        new(mode.Width, mode.Height, mode.Format, RateOf(mode.FrameRate), ColorMatrix.Bt601);

    /// <summary>Whole rates as they are, others in thousandths.</summary>
    public static FrameRate RateOf(double perSecond) =>
        perSecond == Math.Round(perSecond) ? new FrameRate((int)perSecond, 1) : new FrameRate((int)Math.Round(perSecond * 1000), 1000);
}
