using Camfx.Posix;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2;

/// <summary>Asks one direction of a node for its formats, sizes and rates.</summary>
internal sealed unsafe class ModeEnumeration
{
    // A driver that never says EINVAL would be asked for ever.
    private const int MostAnswers = 256;
    private static readonly (int Width, int Height)[] s_usualSizes = [(1920, 1080), (1280, 720), (640, 480), (320, 240)];
    private readonly IVideoFile _file;
    private readonly uint _type;

    internal ModeEnumeration(IVideoFile file, bool output)
    {
        _file = file;
        _type = FormatRequests.BufferType(VideoNode.Query(file).Capabilities, output);
    }

    internal List<ModeRange> Ranges()
    {
        List<ModeRange> ranges = [];
        HashSet<uint> seen = [];
        for (uint index = 0; index < MostAnswers; index++)
        {
            v4l2_fmtdesc format = new() { index = index, type = _type };
            if (!Ask(VIDIOC_ENUM_FMT, ref format)) break;
            if (format.pixelformat != 0 && seen.Add(format.pixelformat)) AddSizes(ranges, format.pixelformat, VideoRequests.Text(format.description, 32));
        }

        return ranges;
    }

    private void AddSizes(List<ModeRange> ranges, uint code, string description)
    {
        int before = ranges.Count;
        for (uint index = 0; index < MostAnswers; index++)
        {
            v4l2_frmsizeenum size = new() { index = index, pixel_format = code };
            if (!Ask(VIDIOC_ENUM_FRAMESIZES, ref size)) break;
            bool discrete = size.type == V4L2_FRMSIZE_TYPE_DISCRETE;
            (uint maxWidth, uint minHeight, uint maxHeight) = discrete
                ? (size.min_width, size.max_width, size.max_width)
                : (size.max_width, size.min_height, size.max_height);
            Add(ranges, code, description, size.min_width, maxWidth, size.step_width, minHeight, maxHeight, size.step_height);
            if (!discrete) break;
        }

        if (ranges.Count > before) return;
        // No list of sizes, or one of zeros: what the driver makes of the usual ones.
        foreach ((int width, int height) in s_usualSizes)
        {
            v4l2_format trial = FormatRequests.Wish(_type, code, width, height);
            if (!Ask(VIDIOC_TRY_FMT, ref trial)) continue;
            (uint got, int gotWidth, int gotHeight) = FormatRequests.Shape(trial);
            bool known = ranges.Skip(before).Any(range => range.MinWidth == gotWidth && range.MinHeight == gotHeight);
            if (got == code && !known) Add(ranges, code, description, (uint)gotWidth, (uint)gotWidth, 1, (uint)gotHeight, (uint)gotHeight, 1);
        }
    }

    private void Add(
        List<ModeRange> ranges, uint code, string description,
        uint minWidth, uint maxWidth, uint stepWidth, uint minHeight, uint maxHeight, uint stepHeight)
    {
        // v4l2loopback begins at 2x1 or even 0x0.
        (minWidth, minHeight) = (Math.Max(minWidth, maxWidth > 0 ? 1u : 0), Math.Max(minHeight, maxHeight > 0 ? 1u : 0));
        if (minWidth == 0 || minHeight == 0 || maxWidth < minWidth || maxHeight < minHeight) return;
        uint most = Frames.FrameLayout.MaxDimension;
        if (minWidth > most || minHeight > most) return;
        (maxWidth, maxHeight) = (Math.Min(maxWidth, most), Math.Min(maxHeight, most));
        (List<FrameRate> rates, bool any) = Rates(code, maxWidth, maxHeight);
        ranges.Add(new ModeRange(
            code, description, (int)minWidth, (int)maxWidth, Step(stepWidth), (int)minHeight, (int)maxHeight, Step(stepHeight), rates, any));
    }

    private static int Step(uint step) => (int)Math.Clamp(step, 1, Frames.FrameLayout.MaxDimension);

    private (List<FrameRate> Rates, bool Any) Rates(uint code, uint width, uint height)
    {
        List<FrameRate> rates = [];
        for (uint index = 0; index < MostAnswers; index++)
        {
            v4l2_frmivalenum interval = new() { index = index, pixel_format = code, width = width, height = height };
            if (!Ask(VIDIOC_ENUM_FRAMEINTERVALS, ref interval)) break;
            AddRate(interval.min);
            if (interval.type == V4L2_FRMIVAL_TYPE_DISCRETE) continue;
            AddRate(interval.max);
            rates.Sort(static (left, right) => right.CompareTo(left));
            return (rates, rates.Count == 2);
        }

        if (rates.Count == 0)
        {
            // It does not list any: the one it runs at.
            v4l2_streamparm parameters = new() { type = _type };
            if (Ask(VIDIOC_G_PARM, ref parameters)) AddRate(parameters.timeperframe);
        }

        rates.Sort(static (left, right) => right.CompareTo(left));
        return (rates, false);

        void AddRate(v4l2_fract interval)
        {
            FrameRate rate = FrameRate.FromInterval(interval.numerator, interval.denominator);
            if (rate.IsKnown && !rates.Contains(rate)) rates.Add(rate);
        }
    }

    // Any refusal ends a list; the end of the device is the end.
    private bool Ask<T>(uint request, ref T argument)
        where T : unmanaged
    {
        int result = _file.Send(request, ref argument);
        if (-result is Errno.ENODEV or Errno.ENXIO) throw VideoException.FromErrno(-result, "ask for the formats of", _file.Path);
        return result >= 0;
    }
}
