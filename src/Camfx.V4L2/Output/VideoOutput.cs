using Camfx.Frames;
using Camfx.Posix;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2;

/// <summary>
/// Writes frames into an output node: v4l2loopback, akvcam, vivid, hardware. Frames come in one of two ways, and between two frames the way may
/// change. Copied: <see cref="TryBegin"/> gives memory, <see cref="Submit"/> shows it. Not copied: <see cref="UseSlots"/> names the caller's
/// memory, <see cref="Queue"/> shows one slot of it, <see cref="TryDequeue"/> tells which slot the driver has done with.
/// What fails while streaming is counted, the next plainer memory type is taken, and the stream goes on; only the end of the device ends it.
/// </summary>
/// <remarks>Thread-bound. The steady state allocates nothing.</remarks>
public sealed unsafe partial class VideoOutput : IDisposable
{
    // A driver may refuse a frame for a passing reason; only one that goes on refusing loses its memory type.
    private const int FaultsBeforeFallBack = 3;

    private readonly IVideoFile _file;
    private readonly VideoOutputOptions _options;
    private readonly StreamFormat _format;
    private readonly BufferQueue _buffers;
    private readonly DeviceCapabilities _capabilities;
    private readonly bool _isLoopback;
    private bool _saidStream;
    private readonly Stack<int> _free = new(VIDEO_MAX_FRAME);
    private readonly List<string> _refusals = [];
    private FrameBuffer? _staging;
    private int _turn;
    private int _faultsInRow;
    private long _frames;
    private long _zeroCopyFrames;
    private long _copiedBytes;
    private long _skipped;
    private long _faults;
    private long _fallBacks;

    private VideoOutput(
        IVideoFile file, VideoNode node, OutputMode mode, VideoOutputOptions options, StreamFormat format, FrameRate rate)
    {
        _file = file;
        _options = options;
        _format = format;
        _buffers = new BufferQueue(file, format);
        _capabilities = node.Capabilities;
        _isLoopback = node.IsLoopback;
        Node = node;
        Mode = mode with { Rate = rate.IsKnown ? rate : mode.Rate };
    }

    /// <summary>What the node said about itself when it was opened.</summary>
    public VideoNode Node { get; }

    /// <summary>What it shows.</summary>
    public OutputMode Mode { get; }

    /// <summary>Where the planes lie in a buffer, as the driver wants them: slots that are laid out so need no copy.</summary>
    public FrameLayout Layout => _format.Layout;

    /// <summary>V4L2's code of the format, e.g. <c>YUYV</c>.</summary>
    public string FourCC => Frames.FourCC.ToString(_format.Wire.FourCC);

    /// <summary>The memory type in use.</summary>
    public MemoryType Memory { get; private set; }

    /// <summary>Why no better memory type is in use, one sentence part each; empty when there is no better one.</summary>
    public string WhyNotBetter => string.Join("; ", _refusals);

    /// <summary>Buffers the driver gave; 0 with write().</summary>
    public int BufferCount => _buffers.Count;

    /// <summary>What it did so far.</summary>
    public OutputStatistics Statistics => new(_frames, _zeroCopyFrames, _copiedBytes, _skipped, _faults, _fallBacks);

    /// <summary>The last refusal while streaming; null: none yet.</summary>
    public string? LastFault { get; private set; }

    /// <summary>Sets the format of an open node and takes buffers. It streams from the first frame on.</summary>
    /// <param name="file">The node, opened for reading and writing; the output closes it at its end. On failure it stays the caller's.</param>
    /// <param name="mode">What it is to show.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentOutOfRangeException">The format cannot be written, or the number of buffers is not 2 to 32.</exception>
    /// <exception cref="VideoException">
    /// Unsupported: no output node, or it does not do this size or format. FormatHeld: an open reader keeps another format. Busy: another program
    /// writes to it. Gone.
    /// </exception>
    public static VideoOutput Open(IVideoFile file, OutputMode mode, VideoOutputOptions? options = null)
    {
        options ??= new VideoOutputOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Buffers, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Buffers, VIDEO_MAX_FRAME, nameof(options));
        WireFormat wire = WireFormat.ToWrite(mode.Format)
            ?? throw new ArgumentOutOfRangeException(nameof(mode), mode.Format, $"'{mode.Format}' frames cannot be written to a device.");
        VideoNode node = VideoNode.Query(file);
        if (options.Resume)
        {
            if (TryResume(file, node, mode, wire, options) is { } resumed) return resumed;
            BufferQueue.Reset(file, ResumedType(node));
            node = VideoNode.Query(file);
        }

        if (!node.IsOutput)
        {
            throw node.IsLoopback
                ? new VideoException(
                    VideoFailure.Busy, file.Path,
                    $"Another program writes to '{file.Path}', or its keep_format control is set; stop that program, or clear the control.")
                : new VideoException(VideoFailure.Unsupported, file.Path, $"'{file.Path}' ({node.Card}) takes no frames; choose an output node.");
        }

        uint type = FormatRequests.BufferType(node.Capabilities, output: true);
        StreamFormat format = SetFormat(file, type, wire, mode);
        FrameRate rate = FormatRequests.SetRate(file, type, mode.Rate);
        var output = new VideoOutput(file, node, mode, options, format, rate);
        output.UseOwnBuffers();
        return output;
    }

    /// <summary>
    /// Memory for the next frame. The picture of an earlier frame may still be in it.
    /// </summary>
    /// <returns>False: the driver has no free buffer (the frame is skipped and counted), or slots are in use.</returns>
    /// <exception cref="VideoException">Gone.</exception>
    public bool TryBegin(out OutputBuffer buffer)
    {
        buffer = default;
        switch (Memory)
        {
            case MemoryType.ReadWrite:
                _staging ??= new FrameBuffer(_format.Layout, _format.Matrix, _format.Range);
                buffer = new OutputBuffer(0, _staging.View);
                return true;
            case MemoryType.Mmap when TryTake(out int index):
                buffer = new OutputBuffer(
                    index, _format.View(_buffers.Address(index, 0), _buffers.Address(index, 1), _buffers.Address(index, 2)));
                return true;
            default:
                _skipped++;
                return false;
        }
    }

    /// <summary>Shows a filled buffer.</summary>
    /// <param name="buffer">From <see cref="TryBegin"/>.</param>
    /// <param name="timestampNs">When the picture was captured, CLOCK_MONOTONIC; 0: the driver's own time.</param>
    /// <returns>False: the driver refused it (counted).</returns>
    /// <exception cref="VideoException">Gone.</exception>
    public bool Submit(in OutputBuffer buffer, long timestampNs)
    {
        _copiedBytes += _format.Layout.Size;
        if (Memory == MemoryType.ReadWrite) return WriteOut(buffer.View.Plane(0));
        int result = _buffers.Queue(buffer.Index, timestampNs);
        if (result >= 0) result = StartOnce();
        if (result >= 0) return Succeeded();
        _free.Push(buffer.Index);
        Fault(result, "queue a frame to");
        return false;
    }

    /// <summary>Puts a buffer back unshown.</summary>
    public void Cancel(in OutputBuffer buffer)
    {
        if (Memory == MemoryType.Mmap) _free.Push(buffer.Index);
    }

    /// <summary>Copies a frame and shows it; with write() and a frame laid out as <see cref="Layout"/> says, nothing is copied in this process.</summary>
    /// <param name="frame">Of this output's format and size.</param>
    /// <param name="timestampNs">When the picture was captured, CLOCK_MONOTONIC; 0: the driver's own time.</param>
    /// <returns>False: no free buffer, or refused.</returns>
    /// <exception cref="ArgumentException">Format or size differ.</exception>
    /// <exception cref="VideoException">Gone.</exception>
    public bool Write(in FrameView frame, long timestampNs)
    {
        if (Memory == MemoryType.ReadWrite && IsLaidOutAs(frame)) return WriteOut(frame.Plane(0));
        if (!TryBegin(out OutputBuffer buffer)) return false;
        frame.CopyTo(buffer.View);
        return Submit(buffer, timestampNs);
    }

    /// <summary>Waits until the driver may have a free buffer.</summary>
    /// <param name="deadline">CLOCK_MONOTONIC, ns.</param>
    /// <returns>False: the time ran out.</returns>
    public bool Wait(long deadline) => Memory == MemoryType.ReadWrite || _isLoopback || _file.Wait(PollEvents.Writable, deadline) != PollEvents.None;

    /// <summary>Leaves the stream running in the open file and gives this object up: for a process that ends while another keeps the file.</summary>
    public void Leave()
    {
        _buffers.Unmap();
        _staging?.Dispose();
        _file.Dispose();
    }

    /// <summary>Stops the stream, gives the buffers back, closes the node.</summary>
    public void Dispose()
    {
        _buffers.Release();
        _staging?.Dispose();
        _file.Dispose();
    }

    private bool Succeeded()
    {
        _frames++;
        _faultsInRow = 0;
        return true;
    }

    private int StartOnce() => _buffers.Streaming ? 0 : _buffers.Start();

    // v4l2loopback holds no buffer of a writer's: one queued is done at once. DQBUF gives the oldest since 0.14, but before that the newest,
    // which readers are looking at; taking them in turn is right with every version.
    private bool TryTake(out int index)
    {
        if (_free.TryPop(out index)) return true;
        if (_isLoopback)
        {
            index = _turn;
            _turn = (_turn + 1) % _buffers.Count;
            return true;
        }

        int result = _buffers.Dequeue(out DequeuedBuffer done);
        index = done.Index;
        if (result >= 0) return true;
        if (-result != Errno.EAGAIN) Fault(result, "take a buffer back from");
        return Memory == MemoryType.Mmap && _free.TryPop(out index);
    }

    private bool WriteOut(byte* frame)
    {
        if (_isLoopback && !_saidStream)
        {
            // Before 0.14 only this makes a writer; without it the node is neither camera nor output once the file is closed. Later versions refuse.
            _saidStream = true;
            _ = _buffers.Start();
        }

        long result = _file.Write(frame, _format.Layout.Size);
        if (result == _format.Layout.Size) return Succeeded();
        if (result == -Errno.EAGAIN)
        {
            _skipped++;
            return false;
        }

        Fault(result < 0 ? (int)result : -Errno.EIO, "write a frame to");
        return false;
    }

    private bool IsLaidOutAs(in FrameView frame)
    {
        FrameLayout layout = _format.Layout;
        if (frame.Format != layout.Format || frame.Width != layout.Width || frame.Height != layout.Height) return false;
        int end = 0;
        for (int plane = 0; plane < layout.PlaneCount; plane++)
        {
            if (frame.Stride(plane) != layout.Stride(plane) || frame.Plane(plane) - frame.Plane(0) != layout.Offset(plane)) return false;
            end = layout.Offset(plane) + layout.Stride(plane) * layout.Rows(plane);
        }

        // The driver reads to the end of its buffer: bytes behind the last row must be the frame's, too.
        return end == layout.Size;
    }

    private void Fault(int result, string operation)
    {
        if (VideoException.Kind(-result) == VideoFailure.Gone) throw VideoException.FromErrno(-result, operation, _file.Path);
        _faults++;
        LastFault = VideoException.FromErrno(-result, operation, _file.Path).Message;
        if (++_faultsInRow < FaultsBeforeFallBack && Memory is MemoryType.Mmap or MemoryType.ReadWrite) return;
        FallBack($"{Name(Memory)}: {Posix.Errno.Name(-result)} while streaming");
    }
}
