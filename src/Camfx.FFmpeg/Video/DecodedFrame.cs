using Camfx.FFmpeg.Conversion;
using Camfx.FFmpeg.Interop;
using Camfx.Frames;
using static Camfx.FFmpeg.Interop.LibAv;
using static Camfx.FFmpeg.Interop.LibAvUtil;

namespace Camfx.FFmpeg;

/// <summary>
/// One decoded picture, by reference: the pixels stay where the decoder wrote them, and are the decoder's again when the last frame that refers
/// to them is cleared. Make a few of these once and read into them in turn.
/// </summary>
/// <remarks>Used by one thread at a time, which need not be the reader's. A frame may outlive its reader.</remarks>
public sealed unsafe class DecodedFrame : IDisposable
{
    private AVFrame* _frame;

    /// <summary>An empty frame.</summary>
    /// <exception cref="AvException">The system has no memory left.</exception>
    public DecodedFrame()
    {
        _frame = av_frame_alloc();
        if (_frame == null) throw AvException.OutOfMemory(nameof(av_frame_alloc), "a frame");
    }

    /// <summary>The pixels, empty when there are none. Valid until this frame is cleared, read into or disposed of.</summary>
    public FrameView View { get; private set; }

    /// <summary>When the picture is due, in ns from the stream's first one. It never goes back while reading, except by a seek.</summary>
    public long PresentationTime { get; private set; }

    /// <summary>How long it is shown, in ns.</summary>
    public long Duration { get; private set; }

    /// <summary>Whether the decoder had to make up parts of it.</summary>
    public bool IsCorrupted { get; private set; }

    /// <summary>Whether there is no picture.</summary>
    public bool IsEmpty => View.IsEmpty;

    /// <summary>The native frame, to read into.</summary>
    internal AVFrame* Native
    {
        get
        {
            ObjectDisposedException.ThrowIf(_frame == null, this);
            return _frame;
        }
    }

    /// <summary>Gives the picture up.</summary>
    public void Clear()
    {
        View = default;
        IsCorrupted = false;
        av_frame_unref(Native);
    }

    /// <summary>Takes the picture out of <paramref name="other"/>, which is empty afterwards. What was here is given up.</summary>
    public void MoveFrom(DecodedFrame other)
    {
        if (ReferenceEquals(other, this)) return;
        Clear();
        av_frame_move_ref(Native, other.Native);
        CopyFacts(other);
        other.Clear();
    }

    /// <summary>Refers to the picture of <paramref name="other"/> as well; no pixel is copied. What was here is given up.</summary>
    /// <exception cref="AvException">There is no memory for the reference.</exception>
    public void ReferTo(DecodedFrame other)
    {
        if (ReferenceEquals(other, this)) return;
        Clear();
        if (other.IsEmpty) return;
        int error = av_frame_ref(Native, other.Native);
        if (error < 0) throw AvException.FromCode(error, nameof(av_frame_ref), "the frame");
        CopyFacts(other);
    }

    /// <summary>Gives the picture and the frame up. Further calls do nothing.</summary>
    public void Dispose()
    {
        if (_frame == null) return;
        View = default;
        AVFrame* frame = _frame;
        av_frame_free(&frame);
        _frame = null;
    }

    /// <summary>Says what the native frame holds, once it has been read into.</summary>
    internal void Describe(long presentationTime, long duration)
    {
        PresentationTime = presentationTime;
        Duration = duration;
        IsCorrupted = (_frame->flags & AV_FRAME_FLAG_CORRUPT) != 0 || _frame->decode_error_flags != 0;
        View = new FrameView(
            PixelFormatMap.FromLibAv(_frame->format), _frame->width, _frame->height, FrameColors.Matrix(_frame), FrameColors.Range(_frame),
            (byte*)_frame->data[0], _frame->linesize[0],
            (byte*)_frame->data[1], _frame->linesize[1],
            (byte*)_frame->data[2], _frame->linesize[2]);
    }

    private void CopyFacts(DecodedFrame other)
    {
        View = other.View;
        PresentationTime = other.PresentationTime;
        Duration = other.Duration;
        IsCorrupted = other.IsCorrupted;
    }
}
