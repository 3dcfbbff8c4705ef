using Camfx.FFmpeg;
using Camfx.V4L2;

namespace Camfx.Sources.Camera;

/// <summary>
/// A camera that runs: its pictures come in, are decoded if need be, and the newest is ready to be drawn. Raw pictures stay in the driver's buffers
/// until they have been replaced: with four buffers, the driver always has one to fill.
/// </summary>
/// <remarks>Thread-bound to the capturing thread, but for <see cref="Pictures"/>.Look and the counters.</remarks>
internal sealed class CaptureStream : IDisposable
{
    private const int DecoderThreads = 2;

    private readonly VideoCapture _capture;
    private readonly CaptureMemory? _memory;
    private readonly PacketDecoder? _decoder;
    private readonly bool _copies;
    private long _replaced;
    private long _copied;

    /// <param name="capture">Becomes the stream's.</param>
    /// <param name="memory">What it captures into, which becomes the stream's too; null: the driver's.</param>
    public CaptureStream(VideoCapture capture, CaptureMemory? memory)
    {
        _capture = capture;
        _memory = memory;
        _copies = capture.Memory == MemoryType.ReadWrite;
        if (capture.Mode.IsRaw) return;
        VideoCodec codec = capture.Mode.IsH264 ? VideoCodec.H264 : VideoCodec.Mjpeg;
        _decoder = new PacketDecoder(
            codec, capture.Mode.Width, capture.Mode.Height, DecoderThreads, $"The camera '{capture.Node.Card}'");
    }

    public VideoCapture Capture => _capture;

    /// <summary>The pictures; the newest is for the render thread.</summary>
    public NewestOf<CapturedPicture> Pictures { get; } = new(static () => new CapturedPicture());

    /// <summary>Good pictures that were replaced by a newer one before anybody saw them.</summary>
    public long Dropped => _capture.Statistics.Dropped + Volatile.Read(ref _replaced);

    /// <summary>Pictures that were damaged: by what the driver says, by their size, or for the decoder.</summary>
    public long Corrupted => _capture.Statistics.Corrupted + (_decoder?.Corrupted ?? 0);

    /// <summary>Bytes copied besides what drawing takes: pictures a driver gives by read() only.</summary>
    public long CopiedBytes => Volatile.Read(ref _copied);

    /// <summary>Takes what has come.</summary>
    /// <returns>Whether there is a newer picture than before.</returns>
    /// <exception cref="VideoException">The camera is gone, or in error for good.</exception>
    public bool TakeIn()
    {
        // A decoder of H.264 needs every packet; of everything else only the newest is worth anything.
        bool any = false;
        while (TryDequeue(out CapturedFrame frame))
        {
            any |= Show(frame);
            if (!_capture.Mode.IsH264) break;
        }

        return any;
    }

    public void Dispose()
    {
        foreach (CapturedPicture picture in Pictures.All) picture.Dispose();
        _decoder?.Dispose();
        _capture.Dispose();
        _memory?.Dispose();
    }

    private bool TryDequeue(out CapturedFrame frame) =>
        _capture.Mode.IsH264 ? _capture.TryDequeueNext(out frame) : _capture.TryDequeueNewest(out frame);

    private bool Show(in CapturedFrame frame)
    {
        CapturedPicture picture = Pictures.Filling;
        if (_decoder is not null)
        {
            bool decoded = TryDecode(picture, frame);
            _capture.Release(frame);
            if (!decoded) return false;
            picture.ShowDecoded();
        }
        else if (_copies)
        {
            picture.ShowCopy(frame);
            _copied += frame.Length;
            _capture.Release(frame);
        }
        else
        {
            picture.Show(frame);
        }

        if (Pictures.Publish()) _replaced++;

        // What nobody looks at any more goes back at once: the driver fills it next.
        if (!_copies) Pictures.Filling.Release(_capture);
        return true;
    }

    private unsafe bool TryDecode(CapturedPicture picture, in CapturedFrame frame) =>
        _decoder!.TryDecode((byte*)frame.Data, frame.Length, frame.CaptureTimeNs, picture.Decoded);
}
