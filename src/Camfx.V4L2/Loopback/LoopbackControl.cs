using System.Text;
using Camfx.Posix;
using static Camfx.V4L2.Interop.LoopbackDev;

namespace Camfx.V4L2;

/// <summary>v4l2loopback's control node, /dev/v4l2loopback (0.13 and later): makes devices, removes them, tells what they are.</summary>
/// <remarks>Thread-safe; the driver does one request at a time.</remarks>
public sealed unsafe class LoopbackControl : IDisposable
{
    /// <summary>Where udev puts it.</summary>
    public const string DefaultPath = "/dev/v4l2loopback";

    /// <summary>Buffers a device may have: its array has room for no more, and versions before 0.15.4 do not check.</summary>
    public const int MostBuffers = 32;

    private readonly IVideoFile _file;
    private readonly bool _legacy;

    private LoopbackControl(IVideoFile file, LoopbackVersion? version)
    {
        _file = file;
        _legacy = version is null;
        Version = version;
    }

    /// <summary>The module's version as the node tells it; null before 0.15, which cannot (see <see cref="LoopbackVersions.Loaded"/>).</summary>
    public LoopbackVersion? Version { get; }

    /// <summary>Opens the control node.</summary>
    /// <exception cref="VideoException">NotFound: the module is not loaded, or older than 0.13. NotPermitted.</exception>
    public static LoopbackControl Open(string path = DefaultPath) => Open(VideoFile.Open(path, MapAccess.ReadWrite));

    /// <summary>Uses a control node that is open already, and closes it at the end.</summary>
    public static LoopbackControl Open(IVideoFile file)
    {
        uint code = 0;
        int result = file.Send(V4L2LOOPBACK_CTL_VERSION, ref code);
        return new LoopbackControl(file, result >= 0 ? LoopbackVersion.FromCode(code) : null);
    }

    /// <summary>Makes a device.</summary>
    /// <returns>N of its /dev/videoN. The node itself appears when udev has run.</returns>
    /// <exception cref="ArgumentException">The label is too long or has a control character, the size or the counts are out of range.</exception>
    /// <exception cref="VideoException">Busy: the number is taken (EEXIST). NotPermitted. Other: no number left.</exception>
    public int Add(LoopbackConfig config)
    {
        v4l2_loopback_config wire = ToWire(config);
        int result = _file.Send(_legacy ? V4L2LOOPBACK_CTL_ADD_legacy : V4L2LOOPBACK_CTL_ADD, ref wire);
        if (result >= 0) return result;
        throw -result == Errno.EEXIST
            ? new VideoException(
                VideoFailure.Busy, _file.Path, $"/dev/video{config.Number} exists already; choose another number.", Errno.EEXIST)
            : VideoException.FromErrno(-result, $"make a device '{config.Label}' with", _file.Path);
    }

    /// <summary>Removes a device.</summary>
    /// <returns>False: it is open somewhere, so it stays.</returns>
    /// <exception cref="VideoException">NotFound: no such device of v4l2loopback's. NotPermitted.</exception>
    public bool Remove(int number)
    {
        int result = _file.Ioctl(_legacy ? V4L2LOOPBACK_CTL_REMOVE_legacy : V4L2LOOPBACK_CTL_REMOVE, (void*)(nint)number);
        if (result >= 0) return true;
        return -result switch
        {
            Errno.EBUSY => false,
            Errno.ENODEV or Errno.ENOENT => throw new VideoException(
                VideoFailure.NotFound, _file.Path, $"/dev/video{number} is no device of v4l2loopback's.", -result),
            _ => throw VideoException.FromErrno(-result, $"remove /dev/video{number} with", _file.Path),
        };
    }

    /// <summary>What a device was made with; null when there is none of this number.</summary>
    /// <exception cref="VideoException">The node refused for another reason.</exception>
    public LoopbackConfig? Query(int number)
    {
        v4l2_loopback_config wire = new() { output_nr = number, unused = number };
        int result = _file.Send(_legacy ? V4L2LOOPBACK_CTL_QUERY_legacy : V4L2LOOPBACK_CTL_QUERY, ref wire);
        if (result >= 0) return FromWire(wire);
        return -result is Errno.ENODEV or Errno.ENOENT or Errno.EINVAL
            ? null
            : throw VideoException.FromErrno(-result, $"ask for /dev/video{number} with", _file.Path);
    }

    /// <summary>Closes the node. The devices stay.</summary>
    public void Dispose() => _file.Dispose();

    private static v4l2_loopback_config ToWire(LoopbackConfig config)
    {
        byte[] label = Encoding.UTF8.GetBytes(config.Label);
        if (label.Length is 0 or > LoopbackConfig.MaxLabelBytes || config.Label.Any(char.IsControl) || config.Label.Contains('%', StringComparison.Ordinal))
            throw new ArgumentException(
                $"A label has 1 to {LoopbackConfig.MaxLabelBytes} bytes, no control character and no '%'; got '{config.Label}'.", nameof(config));
        ArgumentOutOfRangeException.ThrowIfLessThan(config.MaxBuffers, 2, nameof(config));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(config.MaxBuffers, MostBuffers, nameof(config));
        ArgumentOutOfRangeException.ThrowIfLessThan(config.MaxOpeners, 1, nameof(config));
        ArgumentOutOfRangeException.ThrowIfNegative(config.Width, nameof(config));
        ArgumentOutOfRangeException.ThrowIfNegative(config.Height, nameof(config));

        // Two numbers of one device: the driver refuses different ones.
        v4l2_loopback_config wire = new()
        {
            output_nr = config.Number,
            unused = config.Number,
            min_width = (uint)config.Width,
            max_width = (uint)config.Width,
            min_height = (uint)config.Height,
            max_height = (uint)config.Height,
            max_buffers = config.MaxBuffers,
            max_openers = config.MaxOpeners,
            announce_all_caps = config.ExclusiveCaps ? 0 : 1,
        };
        label.CopyTo(new Span<byte>(wire.card_label, 32));
        return wire;
    }

    private static LoopbackConfig FromWire(v4l2_loopback_config wire)
    {
        bool pinned = wire.min_width == wire.max_width && wire.min_height == wire.max_height;
        return new LoopbackConfig(
            VideoRequests.Text(wire.card_label, 32), wire.output_nr, pinned ? (int)wire.max_width : 0, pinned ? (int)wire.max_height : 0,
            wire.max_buffers, wire.max_openers, wire.announce_all_caps == 0);
    }
}
