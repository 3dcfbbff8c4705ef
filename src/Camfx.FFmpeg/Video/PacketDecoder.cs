using Camfx.FFmpeg.Conversion;
using Camfx.FFmpeg.Interop;
using Camfx.Frames;
using Camfx.Posix;
using static Camfx.FFmpeg.Interop.LibAv;
using static Camfx.FFmpeg.Interop.LibAvCodec;

namespace Camfx.FFmpeg;

/// <summary>
/// Decodes packets that somebody else fetches, a camera's for instance, without keeping a picture back. What is damaged is refused and counted,
/// and the next packet is looked at as if nothing had been.
/// </summary>
/// <remarks>Thread-bound. Allocates nothing managed per packet; libavcodec copies the packet, because it reads a little beyond its end.</remarks>
public sealed unsafe class PacketDecoder : IDisposable
{
    private readonly string _name;
    private readonly Decoder _decoder;
    private readonly PixelConverter _converter = new();
    private AVPacket* _packet;
    private AVFrame* _unconverted;

    /// <summary>Opens the decoder.</summary>
    /// <param name="codec">How the packets are coded.</param>
    /// <param name="width">Pixels as the camera declares them; the packets themselves decide.</param>
    /// <param name="height">See <paramref name="width"/>.</param>
    /// <param name="threads">Threads it may use within a picture.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="AvException">This FFmpeg has no such decoder.</exception>
    /// <exception cref="DllNotFoundException">FFmpeg's libraries are not installed.</exception>
    public PacketDecoder(VideoCodec codec, int width, int height, int threads, string name)
    {
        LibAvLog.Silence();
        _name = name;

        // A JPEG that is cut off decodes to a picture that ends in grey, without a word, unless the decoder is told to be strict. In H.264 it marks
        // what it had to make up.
        bool isMjpeg = codec == VideoCodec.Mjpeg;
        _decoder = new Decoder(isMjpeg ? AV_CODEC_ID_MJPEG : AV_CODEC_ID_H264, width, height, threads, strict: isMjpeg, name);
        _packet = av_packet_alloc();
        _unconverted = LibAvUtil.av_frame_alloc();
        if (_packet != null && _unconverted != null) return;
        Dispose();
        throw AvException.OutOfMemory(nameof(av_packet_alloc), name);
    }

    /// <summary>Packets and pictures that were refused because they are damaged.</summary>
    public long Corrupted { get; private set; }

    /// <summary>Decodes one packet.</summary>
    /// <param name="data">Its bytes; not needed afterwards.</param>
    /// <param name="length">How many, more than 0.</param>
    /// <param name="time">Its time stamp in ns; the picture gets it as its <see cref="DecodedFrame.PresentationTime"/>.</param>
    /// <param name="frame">Gets the picture; what it held is given up in any case.</param>
    /// <returns>False when the packet gave no picture: it was damaged, or belongs to one that is not complete.</returns>
    /// <exception cref="AvException">The pictures are of a kind that cannot be converted.</exception>
    public bool TryDecode(byte* data, int length, long time, DecodedFrame frame)
    {
        frame.Clear();
        if (length <= 0)
        {
            Corrupted++;
            return false;
        }

        _packet->data = data;
        _packet->size = length;
        _packet->pts = _packet->dts = time;
        int error = _decoder.Send(_packet);
        _packet->data = null;
        _packet->size = 0;
        if (error >= 0) error = _decoder.Receive(frame.Native);
        if (error == -Errno.EAGAIN) return false;
        if (error < 0)
        {
            Corrupted++;
            return false;
        }

        Accept(frame, time);
        if (!frame.IsCorrupted) return true;
        Corrupted++;
        frame.Clear();
        return false;
    }

    /// <summary>Closes the decoder. Pictures already decoded stay valid.</summary>
    public void Dispose()
    {
        AVPacket* packet = _packet;
        av_packet_free(&packet);
        _packet = null;
        AVFrame* frame = _unconverted;
        LibAvUtil.av_frame_free(&frame);
        _unconverted = null;
        _converter.Dispose();
        _decoder.Dispose();
    }

    private void Accept(DecodedFrame frame, long time)
    {
        AVFrame* native = frame.Native;
        if (native->best_effort_timestamp != AV_NOPTS_VALUE) time = native->best_effort_timestamp;
        if (PixelFormatMap.FromLibAv(native->format) == PixelFormat.Unknown) Convert(native);
        frame.Describe(time, duration: 0);
    }

    private void Convert(AVFrame* frame)
    {
        LibAvUtil.av_frame_move_ref(_unconverted, frame);
        int error = _converter.Convert(_unconverted, frame, PixelConverter.TargetFormat(_unconverted->format));
        int format = _unconverted->format;
        LibAvUtil.av_frame_unref(_unconverted);
        if (error >= 0) return;
        string text = Utf8.Text(LibAvUtil.av_pix_fmt_desc_get(format)->name);
        throw new AvException(
            AvFailure.NoCodec, nameof(LibSwScale.sws_scale), _name, $"{_name} sends pixels in the format {text}, which cannot be converted.", error);
    }
}
