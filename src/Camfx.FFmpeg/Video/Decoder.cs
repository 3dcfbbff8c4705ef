using Camfx.FFmpeg.Interop;
using Camfx.Frames;
using static Camfx.FFmpeg.Interop.LibAv;
using static Camfx.FFmpeg.Interop.LibAvCodec;

namespace Camfx.FFmpeg;

/// <summary>One opened decoder.</summary>
/// <remarks>Thread-bound; its own threads are its affair.</remarks>
internal sealed unsafe class Decoder : IDisposable
{
    /// <summary>The most pixels a picture may have; libavcodec refuses larger ones before it takes memory.</summary>
    internal const long MaxPixels = (long)FrameLayout.MaxDimension * FrameLayout.MaxDimension;

    private AVCodecContext* _context;

    /// <summary>Opens the decoder of a stream.</summary>
    /// <exception cref="AvException">There is none, or it does not take the stream.</exception>
    internal Decoder(AVStream* stream, int threads, string path, long maxPixels = MaxPixels)
    {
        AVCodec* codec = avcodec_find_decoder(stream->codecpar->codec_id);
        if (codec == null) throw AvException.FromCode(AVERROR_DECODER_NOT_FOUND, nameof(avcodec_find_decoder), path);
        CodecName = Utf8.Text(codec->name);
        _context = avcodec_alloc_context3(codec);
        if (_context == null) throw AvException.OutOfMemory(nameof(avcodec_alloc_context3), path);

        int error = avcodec_parameters_to_context(_context, stream->codecpar);
        if (error >= 0)
        {
            _context->pkt_timebase = stream->time_base;
            _context->max_pixels = maxPixels;
            _context->thread_count = threads;
            _context->thread_type = FF_THREAD_FRAME | FF_THREAD_SLICE;
            error = avcodec_open2(_context, codec, null);
        }

        if (error >= 0) return;
        Dispose();
        throw AvException.FromCode(error, nameof(avcodec_open2), path);
    }

    /// <summary>
    /// Opens a decoder for packets that come one by one and are to be seen at once: it keeps no picture back to gain speed, so it uses threads
    /// only within a picture.
    /// </summary>
    /// <exception cref="AvException">This FFmpeg has no such decoder.</exception>
    internal Decoder(int codecId, int width, int height, int threads, bool strict, string name)
    {
        AVCodec* codec = avcodec_find_decoder(codecId);
        if (codec == null) throw AvException.FromCode(AVERROR_DECODER_NOT_FOUND, nameof(avcodec_find_decoder), name);
        CodecName = Utf8.Text(codec->name);
        _context = avcodec_alloc_context3(codec);
        if (_context == null) throw AvException.OutOfMemory(nameof(avcodec_alloc_context3), name);
        _context->width = width;
        _context->height = height;
        _context->pkt_timebase = new AVRational { num = 1, den = 1_000_000_000 };
        _context->max_pixels = MaxPixels;
        _context->thread_count = threads;
        _context->thread_type = FF_THREAD_SLICE;
        _context->flags |= AV_CODEC_FLAG_LOW_DELAY;
        if (strict) _context->err_recognition |= AV_EF_EXPLODE;
        int error = avcodec_open2(_context, codec, null);
        if (error >= 0) return;
        Dispose();
        throw AvException.FromCode(error, nameof(avcodec_open2), name);
    }

    /// <summary>The decoder's name, e.g. <c>h264</c>.</summary>
    internal string CodecName { get; }

    /// <summary>Feeds a packet, or null to get the pictures that are still inside.</summary>
    internal int Send(AVPacket* packet) => avcodec_send_packet(_context, packet);

    /// <summary>Takes the next picture: 0, <c>-EAGAIN</c>, <c>AVERROR_EOF</c> or an error code.</summary>
    internal int Receive(AVFrame* frame) => avcodec_receive_frame(_context, frame);

    /// <summary>Forgets everything; needed after a seek.</summary>
    internal void Flush() => avcodec_flush_buffers(_context);

    public void Dispose()
    {
        AVCodecContext* context = _context;
        avcodec_free_context(&context);
        _context = null;
    }

    internal static AvException TooLarge(string path, int width, int height) => new(
        AvFailure.TooLarge, "open", path,
        $"'{path}' is {width}x{height} pixels; camfx takes at most {FrameLayout.MaxDimension} a side: scale it down first.");
}
