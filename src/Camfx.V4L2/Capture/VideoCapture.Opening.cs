using System.Runtime.InteropServices;
using Camfx.Posix;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2;

// Setting the format, and finding the memory type that works.
public sealed unsafe partial class VideoCapture
{
    private readonly List<string> _refusals = [];

    /// <summary>Opens a camera and starts it.</summary>
    /// <param name="file">The node, opened for reading and writing; the capture closes it at its end. On failure it stays the caller's.</param>
    /// <param name="mode">A wish; <see cref="Mode"/> says what came of it.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of buffers or slots is not 2 to 32.</exception>
    /// <exception cref="VideoException">
    /// Unsupported: no camera, no format camfx can read, or no memory type works. Busy: another program uses it. NoWriter: a loopback that nobody
    /// writes to. Gone.
    /// </exception>
    public static VideoCapture Open(IVideoFile file, VideoMode mode, VideoCaptureOptions? options = null)
    {
        options ??= new VideoCaptureOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Buffers, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Buffers, VIDEO_MAX_FRAME, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Slots.Count, VIDEO_MAX_FRAME, nameof(options));
        ArgumentOutOfRangeException.ThrowIfEqual(options.Slots.Count, 1, nameof(options));
        VideoNode node = VideoNode.Query(file);
        if (!node.IsCapture)
        {
            throw new VideoException(
                node.IsLoopback ? VideoFailure.NoWriter : VideoFailure.Unsupported, file.Path,
                node.IsLoopback
                    ? $"Nobody writes to the loopback '{file.Path}' ({node.Card}); start the program that does."
                    : $"'{file.Path}' ({node.Card}) gives no frames; choose a camera.");
        }

        uint type = FormatRequests.BufferType(node.Capabilities, output: false);
        StreamFormat format = SetFormat(file, type, mode);
        FrameRate rate = FormatRequests.SetRate(file, type, mode.Rate);
        var capture = new VideoCapture(file, node, format, new VideoMode(format.Wire.FourCC, format.Width, format.Height, rate));
        try
        {
            capture.Begin(options);
            return capture;
        }
        catch
        {
            capture._buffers.Release();
            NativeMemory.AlignedFree(capture._own);
            throw;
        }
    }

    private static StreamFormat SetFormat(IVideoFile file, uint type, VideoMode mode)
    {
        v4l2_format wish = FormatRequests.Wish(type, mode.Code, mode.Width, mode.Height);
        int result = FormatRequests.Set(file, ref wish);
        // A device that cannot be told (v4l2loopback 0.12 whose writer has fixed the format) can be asked.
        if (result < 0 && -result is Errno.EINVAL or Errno.EBUSY or Errno.ENOTTY)
        {
            v4l2_format present = new() { type = type };
            if (file.Send(VIDIOC_G_FMT, ref present) >= 0) (wish, result) = (present, 0);
        }

        if (result < 0) throw VideoException.FromErrno(-result, $"set {mode} on", file.Path);
        (uint code, int width, int height) = FormatRequests.Shape(wish);
        WireFormat? wire = WireFormat.Of(code);
        if (wire is null || width is < 1 or > Frames.FrameLayout.MaxDimension || height is < 1 or > Frames.FrameLayout.MaxDimension)
        {
            throw new VideoException(
                VideoFailure.Unsupported, file.Path,
                $"'{file.Path}' sends {width}x{height} {Frames.FourCC.ToString(code)}, which camfx cannot read; choose another mode.");
        }

        var format = new StreamFormat(wish, wire);
        return format.Fault is null
            ? format
            : throw new VideoException(VideoFailure.Unsupported, file.Path, $"'{file.Path}' contradicts itself: {format.Fault}; choose another mode.");
    }

    private void Begin(VideoCaptureOptions options)
    {
        bool streaming = (Node.Capabilities & DeviceCapabilities.Streaming) != DeviceCapabilities.None;
        if (!streaming && options.Memory.Forced != MemoryType.ReadWrite) _refusals.Add("dmabuf, userptr, mmap: the device has no streaming");
        if (streaming)
        {
            if (TrySlots(MemoryType.Dmabuf, options, "no dma-bufs were given", static slot => slot.DmaBuf is not null)) return;
            if (options.Slots.Count > 0 && TrySlots(MemoryType.Userptr, options, "a slot is not mapped", static slot => slot.Address != 0)) return;
            if (Try(MemoryType.Mmap, options, V4L2_MEMORY_MMAP, options.Buffers, _buffers.Map)) return;
            if (Try(MemoryType.Userptr, options, V4L2_MEMORY_USERPTR, options.Buffers, UseOwnMemory)) return;
        }

        // read() cannot say where in the memory the pixels begin (data_offset), which the interface of many planes allows to differ.
        if (options.Memory.Allows(MemoryType.ReadWrite) && (Node.Capabilities & DeviceCapabilities.ReadWrite) != DeviceCapabilities.None
            && !_format.IsMultiPlanar)
        {
            Memory = MemoryType.ReadWrite;
            _readLength = _format.Size(0);
            _own = (byte*)NativeMemory.AlignedAlloc((nuint)_readLength, (nuint)MemoryMapping.PageSize);
            return;
        }

        throw new VideoException(
            VideoFailure.Unsupported, _file.Path,
            $"No memory type works with '{_file.Path}' ({WhyNotBetter}; read(): not offered or not chosen); choose auto.");
    }

    private bool TrySlots(MemoryType type, VideoCaptureOptions options, string missing, Predicate<CaptureSlot> has)
    {
        if (!options.Memory.Allows(type)) return false;
        string? unfit = options.Slots.Count == 0 || !options.Slots.All(slot => has(slot)) ? missing
            : _format.MemoryPlanes != 1 ? "the camera fills each plane in memory of its own"
            : options.Slots.Any(slot => slot.Length < _format.Size(0)) ? $"a slot is smaller than the {_format.Size(0)} bytes of a frame"
            : null;
        if (unfit is not null)
        {
            _refusals.Add($"{type.ToString().ToLowerInvariant()}: {unfit}");
            return false;
        }

        return Try(type, options, type == MemoryType.Dmabuf ? V4L2_MEMORY_DMABUF : V4L2_MEMORY_USERPTR, options.Slots.Count, () =>
        {
            if (_buffers.Count > options.Slots.Count) return -Errno.EINVAL;
            for (int index = 0; index < _buffers.Count; index++)
            {
                CaptureSlot slot = options.Slots[index];
                _buffers.SetPlace(index, 0, (byte*)slot.Address, slot.Length, slot.DmaBuf?.Number ?? -1);
            }

            return 0;
        });
    }

    // A type works when the driver takes its buffers and starts.
    private bool Try(MemoryType type, VideoCaptureOptions options, uint memory, int count, Func<int> prepare)
    {
        if (!options.Memory.Allows(type)) return false;
        int result = _buffers.Request(memory, count);
        string step = "REQBUFS";
        if (result >= 0) (result, step) = (prepare(), "QUERYBUF");
        for (int index = 0; result >= 0 && index < _buffers.Count; index++) (result, step) = (_buffers.Queue(index, 0), "QBUF");
        if (result >= 0) (result, step) = (_buffers.Start(), "STREAMON");
        if (result >= 0)
        {
            Memory = type;
            return true;
        }

        _buffers.Release();
        if (Node.IsLoopback && -result == Errno.EIO)
            throw new VideoException(VideoFailure.NoWriter, _file.Path, $"Nobody writes to the loopback '{_file.Path}' ({Node.Card}); start the program that does.", Errno.EIO);
        if (VideoException.Kind(-result) is VideoFailure.Gone or VideoFailure.Busy)
            throw VideoException.FromErrno(-result, "start", _file.Path);
        _refusals.Add($"{type.ToString().ToLowerInvariant()}: {Posix.Errno.Name(-result)} at {step}");
        return false;
    }

    private int UseOwnMemory()
    {
        int page = MemoryMapping.PageSize, whole = 0;
        for (int plane = 0; plane < _format.MemoryPlanes; plane++) whole += Rounded(plane);
        _own = (byte*)NativeMemory.AlignedAlloc((nuint)(whole * _buffers.Count), (nuint)page);
        byte* next = _own;
        for (int index = 0; index < _buffers.Count; index++)
        {
            for (int plane = 0; plane < _format.MemoryPlanes; plane++)
            {
                _buffers.SetPlace(index, plane, next, Rounded(plane), -1);
                next += Rounded(plane);
            }
        }

        return 0;

        int Rounded(int plane) => (_format.Size(plane) + page - 1) / page * page;
    }
}
