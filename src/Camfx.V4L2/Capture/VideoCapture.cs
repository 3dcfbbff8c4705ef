using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Camfx.Frames;
using Camfx.Posix;
using static Camfx.V4L2.Interop.VideoDev;

namespace Camfx.V4L2;

/// <summary>
/// Captures frames from a camera. The newest frame wins: what waits behind it is passed over and counted, as are frames the driver marks as damaged.
/// A driver in error is restarted; only the end of the device ends the capture.
/// </summary>
/// <remarks>Thread-bound. The steady state allocates nothing.</remarks>
public sealed unsafe partial class VideoCapture : IDisposable
{
    private const int FaultsBeforeRestart = 3;
    private const int MostReads = 8;

    private readonly IVideoFile _file;
    private readonly StreamFormat _format;
    private readonly BufferQueue _buffers;
    private readonly bool[] _held = new bool[VIDEO_MAX_FRAME];
    private byte* _own;
    private int _readLength;
    private bool _anyRead;
    private int _faultsInRow;
    private uint _lastSequence;
    private bool _anySequence;
    private long _frames;
    private long _dropped;
    private long _corrupted;
    private long _missed;
    private long _restarts;

    private VideoCapture(IVideoFile file, VideoNode node, StreamFormat format, VideoMode mode)
    {
        _file = file;
        _format = format;
        _buffers = new BufferQueue(file, format);
        Node = node;
        Mode = mode;
    }

    /// <summary>What the node said about itself when it was opened.</summary>
    public VideoNode Node { get; }

    /// <summary>How the camera runs; it may differ from what was asked for.</summary>
    public VideoMode Mode { get; }

    /// <summary>Where the planes of a raw frame lie; nothing for coded pictures.</summary>
    public FrameLayout Layout => _format.Layout;

    /// <summary>The memory type in use.</summary>
    public MemoryType Memory { get; private set; }

    /// <summary>Why no better memory type is in use, one sentence part each; empty when there is no better one.</summary>
    public string WhyNotBetter => string.Join("; ", _refusals);

    /// <summary>Buffers there are; 0 with read().</summary>
    public int BufferCount => _buffers.Count;

    /// <summary>What it did so far.</summary>
    public CaptureStatistics Statistics => new(_frames, _dropped, _corrupted, _missed, _restarts);

    /// <summary>What to poll for <see cref="PollEvents.Readable"/>, beside other things; null where there is no kernel behind.</summary>
    public FileDescriptor? Descriptor => _file.Descriptor;

    /// <summary>Waits until there may be a frame.</summary>
    /// <param name="deadline">CLOCK_MONOTONIC, ns.</param>
    /// <returns>False: the time ran out. A camera that stays silent is woken by <see cref="Restart"/>.</returns>
    public bool Wait(long deadline) =>
        // read() starts the stream; before the first one there is nothing to wait for.
        (Memory == MemoryType.ReadWrite && !_anyRead) || _file.Wait(PollEvents.Readable, deadline) != PollEvents.None;

    /// <summary>Takes the newest frame.</summary>
    /// <param name="frame">To be released when it has been read.</param>
    /// <returns>False: there is none, or only damaged ones.</returns>
    /// <exception cref="VideoException">Gone: the camera was unplugged. Other: it is in error and cannot be restarted.</exception>
    public bool TryDequeueNewest(out CapturedFrame frame) =>
        Memory == MemoryType.ReadWrite ? TryRead(out frame) : TryDequeue(out frame, newestOnly: true);

    /// <summary>Takes the next frame in their order: for coded pictures that need those before them. With read() it is the newest all the same.</summary>
    /// <inheritdoc cref="TryDequeueNewest"/>
    public bool TryDequeueNext(out CapturedFrame frame) =>
        Memory == MemoryType.ReadWrite ? TryRead(out frame) : TryDequeue(out frame, newestOnly: false);

    /// <summary>Gives a frame's buffer back to the driver.</summary>
    /// <exception cref="VideoException">Gone, or Other: the driver does not take its buffer back.</exception>
    public void Release(in CapturedFrame frame)
    {
        if (Memory == MemoryType.ReadWrite || !_held[frame.Index]) return;
        _held[frame.Index] = false;
        GiveBack(frame.Index);
    }

    /// <summary>Stops the stream and starts it again: what wakes a camera that has stopped sending.</summary>
    /// <exception cref="VideoException">Gone, or it does not start again.</exception>
    public void Restart()
    {
        _restarts++;
        _faultsInRow = 0;
        _anySequence = false;
        if (Memory == MemoryType.ReadWrite) return;
        if (_buffers.Streaming) Demand(_buffers.Stop(), "stop");
        for (int index = 0; index < _buffers.Count; index++)
            if (!_held[index]) GiveBack(index);
        Demand(_buffers.Start(), "start");
    }

    /// <summary>Stops the stream, gives the buffers back, closes the node.</summary>
    public void Dispose()
    {
        _buffers.Release();
        NativeMemory.AlignedFree(_own);
        _own = null;
        _file.Dispose();
    }

    private bool TryDequeue(out CapturedFrame frame, bool newestOnly)
    {
        frame = default;
        DequeuedBuffer newest = default;
        int found = -1;
        while (newestOnly || found < 0)
        {
            int result = _buffers.Dequeue(out DequeuedBuffer buffer);
            if (result == -Errno.EAGAIN) break;
            if (result < 0)
            {
                Fault(result);
                break;
            }

            _faultsInRow = 0;
            Count(buffer.Sequence);
            if ((buffer.Flags & V4L2_BUF_FLAG_ERROR) != 0 || IsTooShort(buffer.Index))
            {
                _corrupted++;
                GiveBack(buffer.Index);
                continue;
            }

            if (found >= 0)
            {
                _dropped++;
                GiveBack(found);
            }

            (newest, found) = (buffer, buffer.Index);
        }

        if (found < 0) return false;
        _held[found] = true;
        _frames++;
        frame = Frame(found, CaptureClock.Time(newest.Flags, newest.TimestampNs, MonotonicClock.Now), newest.Sequence);
        return true;
    }

    private CapturedFrame Frame(int index, long time, uint sequence)
    {
        (uint used, uint offset) = _buffers.Filled(index);
        byte* first = _buffers.Address(index);
        int length = (int)(used - offset);
        if (first == null) return new CapturedFrame(index, default, 0, length, time, sequence);
        if (_format.Wire.IsCoded) return new CapturedFrame(index, default, (nint)(first + offset), length, time, sequence);
        FrameView view = _format.View(first + offset, Plane(index, 1), Plane(index, 2));
        PutUBeforeV(view);
        return new CapturedFrame(index, view, 0, length, time, sequence);
    }

    private byte* Plane(int index, int plane)
    {
        byte* first = _buffers.Address(index, plane);
        return first == null ? null : first + _buffers.Filled(index, plane).Offset;
    }

    // NV21 is NV12 with the bytes of each chroma pair exchanged. Done in place: a quarter of a copy, once for each frame that is handed out.
    private void PutUBeforeV(in FrameView view)
    {
        if (!_format.Wire.VBeforeU || _format.Wire.Format != PixelFormat.Nv12) return;
        int pairs = (view.Width + 1) / 2;
        for (int row = 0; row < (view.Height + 1) / 2; row++)
        {
            var line = new Span<short>(view.Row(1, row), pairs);
            BinaryPrimitives.ReverseEndianness(line, line);
        }
    }

    private bool TryRead(out CapturedFrame frame)
    {
        frame = default;
        long length = 0;
        for (int reads = 0; reads < MostReads; reads++)
        {
            long result = _file.Read(_own, _readLength);
            _anyRead = true;
            if (result == -Errno.EAGAIN) break;
            if (result < 0)
            {
                Fault((int)result);
                break;
            }

            _faultsInRow = 0;
            if (length > 0) _dropped++;
            if (result == 0 || (!_format.Wire.IsCoded && result < _format.Needed(0)))
            {
                _corrupted++;
                length = 0; // What was there before has been written over.
                continue;
            }

            length = result;
        }

        if (length == 0) return false;
        _frames++;
        long now = MonotonicClock.Now;
        if (_format.Wire.IsCoded)
        {
            frame = new CapturedFrame(0, default, (nint)_own, (int)length, now, (uint)_frames);
            return true;
        }

        FrameView view = _format.View(_own, _own + _format.Size(0));
        PutUBeforeV(view);
        frame = new CapturedFrame(0, view, 0, (int)length, now, (uint)_frames);
        return true;
    }

    private void Count(uint sequence)
    {
        // Unsigned on purpose: the driver's number wraps.
        uint gap = sequence - _lastSequence - 1;
        if (_anySequence && gap is > 0 and < 1000) _missed += gap;
        (_lastSequence, _anySequence) = (sequence, true);
    }

    private bool IsTooShort(int index)
    {
        for (int plane = 0; plane < _format.MemoryPlanes; plane++)
        {
            (uint used, uint offset) = _buffers.Filled(index, plane);
            if (used <= offset || used > _buffers.Length(index, plane) || used - offset < _format.Needed(plane)) return true;
        }

        return false;
    }

    private void GiveBack(int index)
    {
        int result = _buffers.Queue(index, 0);
        // EINVAL: it has the buffer already, as after a restart; anything else is an error of the stream.
        if (result < 0 && -result != Errno.EINVAL) Demand(result, "give a buffer back to");
    }

    private void Fault(int result)
    {
        if (VideoException.Kind(-result) == VideoFailure.Gone) Demand(result, "capture from");
        // EIO: a lost signal or a bad cable, usually passing.
        _corrupted++;
        if (++_faultsInRow >= FaultsBeforeRestart) Restart();
    }

    private void Demand(int result, string operation)
    {
        if (result < 0) throw VideoException.FromErrno(-result, operation, _file.Path);
    }
}
