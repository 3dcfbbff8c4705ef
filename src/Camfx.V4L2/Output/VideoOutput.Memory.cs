using Camfx.Frames;
using Camfx.Posix;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2;

// Which memory type is in use, and the ways from one to the next.
public sealed unsafe partial class VideoOutput
{
    private OutputSlot[] _slots = [];
    private int[] _slotOfBuffer = [];
    private bool _dmabufFailed;
    private bool _userptrFailed;

    /// <summary>
    /// Lets the driver read frames where the caller has them, by DMABUF, else USERPTR. The stream stops for the change of memory type (no frame is
    /// lost but none is shown meanwhile). When neither works, or the choice forbids it, everything stays as it is.
    /// </summary>
    /// <param name="slots">The caller's memory; at most 32.</param>
    /// <param name="layout">How frames are laid out in a slot: strides and offsets must be those of <see cref="Layout"/>.</param>
    /// <returns>True: <see cref="Queue"/> and <see cref="TryDequeue"/> from here on. False: copy; <see cref="WhyNotBetter"/> says why.</returns>
    public bool UseSlots(ReadOnlySpan<OutputSlot> slots, in FrameLayout layout)
    {
        _refusals.Clear();
        string? unfit = Unfit(slots, layout);
        if (unfit is not null)
        {
            _refusals.Add($"dmabuf, userptr: {unfit}");
            return false;
        }

        _slots = slots.ToArray();
        return TakeSlots(MemoryType.Dmabuf, ref _dmabufFailed, "a slot has no dma-buf", static slot => slot.DmaBuf is not null)
            || TakeSlots(MemoryType.Userptr, ref _userptrFailed, "a slot is not mapped", static slot => slot.Address != 0)
            || Stay();

        bool Stay()
        {
            if (_buffers.Count == 0 && Memory != MemoryType.ReadWrite) UseOwnBuffers(keepRefusals: true);
            return false;
        }
    }

    /// <summary>Goes back to memory of the driver's (MMAP, else write()). The driver has let go of every slot when this returns.</summary>
    /// <exception cref="VideoException">Nothing works any more, or Gone.</exception>
    public void UseOwnBuffers() => UseOwnBuffers(keepRefusals: false);

    /// <summary>Shows a slot.</summary>
    /// <param name="slot">Its number in <see cref="UseSlots"/>; the driver has it until <see cref="TryDequeue"/> gives it back.</param>
    /// <param name="timestampNs">When the picture was captured, CLOCK_MONOTONIC; 0: the driver's own time.</param>
    /// <returns>
    /// False: the driver has no free buffer, or it refused; then <see cref="Memory"/> may be another by now, and every slot is the caller's again
    /// if it is not a slot type any more.
    /// </returns>
    /// <exception cref="VideoException">Gone.</exception>
    public bool Queue(int slot, long timestampNs)
    {
        if (Memory is not (MemoryType.Dmabuf or MemoryType.Userptr)) return false;
        int index = BufferFor(slot);
        if (index < 0)
        {
            _skipped++;
            return false;
        }

        OutputSlot memory = _slots[slot];
        _buffers.SetPlace(index, 0, (byte*)memory.Address, memory.Length, Memory == MemoryType.Dmabuf ? memory.DmaBuf!.Number : -1);
        int result = _buffers.Queue(index, timestampNs);
        if (result >= 0)
        {
            _slotOfBuffer[index] = slot;
            result = StartOnce();
        }

        if (result >= 0)
        {
            _zeroCopyFrames++;
            return Succeeded();
        }

        Fault(result, $"queue a frame by {Name(Memory)} to");
        return false;
    }

    /// <summary>Takes a slot back that the driver has done with.</summary>
    /// <returns>False: none yet.</returns>
    /// <exception cref="VideoException">Gone.</exception>
    public bool TryDequeue(out int slot)
    {
        slot = -1;
        if (Memory is not (MemoryType.Dmabuf or MemoryType.Userptr) || !_buffers.Streaming) return false;
        int result = _buffers.Dequeue(out DequeuedBuffer done);
        if (result >= 0)
        {
            slot = _slotOfBuffer[done.Index];
            _slotOfBuffer[done.Index] = -1;
            return slot >= 0;
        }

        if (-result != Errno.EAGAIN) Fault(result, $"take a frame back by {Name(Memory)} from");
        return false;
    }

    private static string Name(MemoryType type) => type switch
    {
        MemoryType.Dmabuf => "dmabuf",
        MemoryType.Userptr => "userptr",
        MemoryType.Mmap => "mmap",
        _ => "write",
    };

    private string? Unfit(ReadOnlySpan<OutputSlot> slots, in FrameLayout layout)
    {
        if (slots.Length is 0 or > VIDEO_MAX_FRAME) return $"{slots.Length} slots, the kernel takes 1 to {VIDEO_MAX_FRAME}";
        if (_format.MemoryPlanes != 1) return "the device wants each plane in memory of its own";
        FrameLayout wanted = _format.Layout;
        if (layout.Format != wanted.Format || layout.Width != wanted.Width || layout.Height != wanted.Height)
            return $"the frames are {layout.Width}x{layout.Height} {layout.Format}, the device shows {wanted.Width}x{wanted.Height} {wanted.Format}";
        for (int plane = 0; plane < wanted.PlaneCount; plane++)
        {
            if (layout.Stride(plane) != wanted.Stride(plane) || layout.Offset(plane) != wanted.Offset(plane))
            {
                return $"plane {plane} lies at {layout.Offset(plane)} with {layout.Stride(plane)} bytes a row, "
                    + $"the device wants it at {wanted.Offset(plane)} with {wanted.Stride(plane)}";
            }
        }

        foreach (OutputSlot slot in slots)
            if (slot.Length < wanted.Size) return $"a slot has {slot.Length} bytes, the device reads {wanted.Size}";
        return null;
    }

    private bool TakeSlots(MemoryType type, ref bool failed, string missing, Predicate<OutputSlot> has)
    {
        if (!_options.Memory.Allows(type)) return Refuse("not chosen");
        if (_isLoopback) return Refuse("v4l2loopback takes frames by mmap and write() only");
        if ((_capabilities & DeviceCapabilities.Streaming) == DeviceCapabilities.None) return Refuse("the device has no streaming");
        if (failed) return Refuse("it failed before");
        if (!Array.TrueForAll(_slots, has)) return Refuse(missing);

        _buffers.Release();
        _free.Clear();
        int count = _buffers.Request(type == MemoryType.Dmabuf ? V4L2_MEMORY_DMABUF : V4L2_MEMORY_USERPTR, Math.Max(_slots.Length, 2));
        if (count < 0) return Refuse($"{Posix.Errno.Name(-count)} at REQBUFS");
        _slotOfBuffer = new int[count];
        Array.Fill(_slotOfBuffer, -1);
        Memory = type;
        return true;

        bool Refuse(string why)
        {
            _refusals.Add($"{Name(type)}: {why}");
            return false;
        }
    }

    // The buffer that showed this slot last keeps its pages pinned and its dma-buf mapped, so a slot goes back into "its" buffer where there are
    // as many buffers as slots.
    private int BufferFor(int slot)
    {
        if (_slots.Length <= _slotOfBuffer.Length) return _slotOfBuffer[slot] < 0 ? slot : -1;
        return Array.IndexOf(_slotOfBuffer, -1);
    }

    private void UseOwnBuffers(bool keepRefusals)
    {
        if (!keepRefusals) _refusals.Clear();
        _buffers.Release();
        _free.Clear();
        _slots = [];
        _slotOfBuffer = [];
        _turn = 0;
        if (TakeMmap()) return;
        if (_options.Memory.Allows(MemoryType.ReadWrite) && (_capabilities & DeviceCapabilities.ReadWrite) != DeviceCapabilities.None)
        {
            Memory = MemoryType.ReadWrite;
            return;
        }

        throw new VideoException(
            VideoFailure.Unsupported, _file.Path,
            $"No memory type works with '{_file.Path}' ({WhyNotBetter}; write(): not offered or not chosen); choose auto.");
    }

    private bool TakeMmap()
    {
        // Force of a slot type: until there are slots, frames are copied, for a placeholder must be shown somehow.
        if (_options.Memory.Forced is MemoryType.ReadWrite)
        {
            _refusals.Add("mmap: not chosen");
            return false;
        }

        if ((_capabilities & DeviceCapabilities.Streaming) == DeviceCapabilities.None)
        {
            _refusals.Add("mmap: the device has no streaming");
            return false;
        }

        int result = _buffers.Request(V4L2_MEMORY_MMAP, _options.Buffers);
        if (result >= 0) result = _buffers.Map();
        if (result < 0)
        {
            if (VideoException.Kind(-result) is VideoFailure.Gone or VideoFailure.Busy)
                throw VideoException.FromErrno(-result, "take buffers of", _file.Path);
            _refusals.Add($"mmap: {Posix.Errno.Name(-result)} at REQBUFS");
            _buffers.Release();
            return false;
        }

        Memory = MemoryType.Mmap;
        for (int index = _buffers.Count - 1; index >= 0; index--) _free.Push(index);
        return true;
    }

    private void FallBack(string why)
    {
        _fallBacks++;
        _faultsInRow = 0;
        MemoryType failed = Memory;
        _refusals.Add(why);
        if (failed == MemoryType.Dmabuf)
        {
            _dmabufFailed = true;
            if (TakeSlots(MemoryType.Userptr, ref _userptrFailed, "a slot is not mapped", static slot => slot.Address != 0)) return;
        }

        if (failed == MemoryType.Userptr) _userptrFailed = true;
        if (failed == MemoryType.Mmap
            && _options.Memory.Allows(MemoryType.ReadWrite)
            && (_capabilities & DeviceCapabilities.ReadWrite) != DeviceCapabilities.None)
        {
            _buffers.Release();
            _free.Clear();
            Memory = MemoryType.ReadWrite;
            return;
        }

        if (failed is MemoryType.Mmap or MemoryType.ReadWrite) return; // Nothing plainer: it goes on trying, and the faults show.
        UseOwnBuffers(keepRefusals: true);
    }

    private static StreamFormat SetFormat(IVideoFile file, uint type, WireFormat wire, in OutputMode mode)
    {
        v4l2_format wish = FormatRequests.Wish(type, wire.FourCC, mode.Width, mode.Height);
        uint space = mode.Matrix == ColorMatrix.Bt709 ? V4L2_COLORSPACE_REC709 : V4L2_COLORSPACE_SMPTE170M;
        if (FormatRequests.IsMultiPlanar(type)) wish.pix_mp.colorspace = space;
        else wish.pix.colorspace = space;
        int result = FormatRequests.Set(file, ref wish);
        if (result < 0) throw VideoException.FromErrno(-result, $"set {mode.Width}x{mode.Height} {mode.Format} on", file.Path);
        return Checked(file, wish, wire, mode);
    }

    private static StreamFormat Checked(IVideoFile file, in v4l2_format got, WireFormat wire, in OutputMode mode)
    {
        (uint fourcc, int width, int height) = FormatRequests.Shape(got);
        if (fourcc != wire.FourCC || width != mode.Width || height != mode.Height)
        {
            throw new VideoException(
                VideoFailure.FormatHeld, file.Path,
                $"'{file.Path}' stays at {width}x{height} {Frames.FourCC.ToString(fourcc)}, wanted {mode.Width}x{mode.Height} {mode.Format}; "
                + "close the program that reads from it, or use that format.");
        }

        var format = new StreamFormat(got, wire);
        return format.Fault is null
            ? format
            : throw new VideoException(VideoFailure.Unsupported, file.Path, $"'{file.Path}' contradicts itself: {format.Fault}; use another format.");
    }

    // An exclusive loopback that streams says CAPTURE only, and still is an output to the file that streams.
    private static uint ResumedType(VideoNode node) => (node.Capabilities & DeviceCapabilities.OutputPlanes) != DeviceCapabilities.None
        ? V4L2_BUF_TYPE_VIDEO_OUTPUT_MPLANE
        : V4L2_BUF_TYPE_VIDEO_OUTPUT;

    private static VideoOutput? TryResume(IVideoFile file, VideoNode node, in OutputMode mode, WireFormat wire, VideoOutputOptions options)
    {
        v4l2_format kept = new() { type = ResumedType(node) };
        if (file.Send(VIDIOC_G_FMT, ref kept) < 0 || FormatRequests.Shape(kept) != (wire.FourCC, mode.Width, mode.Height)) return null;
        var format = new StreamFormat(kept, wire);
        if (format.Fault is not null) return null;
        var output = new VideoOutput(file, node, mode, options, format, mode.Rate);
        return output.TakeOver() ? output : null;
    }

    // STREAMON on a stream that runs changes nothing; on one that does not, it is wanted.
    private bool TakeOver()
    {
        if (_options.Memory.Forced == MemoryType.ReadWrite)
        {
            Memory = MemoryType.ReadWrite;
            return true;
        }

        if (_buffers.Adopt(_free) < 2 || _buffers.Map() < 0) return false;
        if (_buffers.Start() < 0)
        {
            _buffers.Unmap();
            return false;
        }

        // A loopback's buffers are all free at any time; there they are taken in turn.
        if (_isLoopback) _free.Clear();
        Memory = MemoryType.Mmap;
        return true;
    }
}
