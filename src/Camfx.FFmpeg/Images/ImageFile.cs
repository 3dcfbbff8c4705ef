using Camfx.FFmpeg.Conversion;
using Camfx.FFmpeg.Interop;
using Camfx.Frames;
using Camfx.Posix;
using static Camfx.FFmpeg.Interop.LibAv;
using static Camfx.FFmpeg.Interop.LibAvCodec;

namespace Camfx.FFmpeg;

/// <summary>Reads pictures: PNG, JPEG, WebP, BMP, the first frame of a GIF or of anything else libavcodec decodes.</summary>
public static unsafe class ImageFile
{
    /// <summary>
    /// The most pixels a picture may have if the caller sets no other limit: the largest cameras' photos, and 400 MB while it is decoded.
    /// </summary>
    public const int DefaultMaxPixels = 100_000_000;

    /// <summary>Loads a picture as BGRA with straight alpha, turned upright as its EXIF data says.</summary>
    /// <param name="path">Taken literally: no protocol, no pattern.</param>
    /// <param name="maxPixels">Width times height that is still read; a larger picture is refused before memory is taken for it.</param>
    /// <returns>The picture; the caller disposes it.</returns>
    /// <exception cref="AvException">It cannot be read; the message says why.</exception>
    /// <exception cref="DllNotFoundException">FFmpeg's libraries are not installed.</exception>
    public static FrameBuffer Load(string path, int maxPixels = DefaultMaxPixels)
    {
        LibAvLog.Silence();
        MediaLocation location = MediaLocation.File(path);
        location.Check();
        if (ImageHeader.TryReadSize(path, out long width, out long height)) CheckSize(path, width, height, maxPixels);

        // The image demuxer reads % and * in a name as a pattern of many files unless it is told not to.
        var options = new VideoReaderOptions
        {
            InputOptions = new Dictionary<string, string>(StringComparer.Ordinal) { ["pattern_type"] = "none" },
        };
        using var demuxer = new Demuxer(location, options, new Interruption(), analyze: false);
        using var decoder = new Decoder(demuxer.Stream, threads: 1, path, maxPixels);
        AVFrame* frame = LibAvUtil.av_frame_alloc();
        AVFrame* converted = null;
        try
        {
            if (frame == null) throw AvException.OutOfMemory(nameof(LibAvUtil.av_frame_alloc), path);
            DecodeFirst(demuxer, decoder, frame, path);
            CheckSize(path, frame->width, frame->height, maxPixels);
            AVFrame* bgra = frame;
            if (frame->format != AV_PIX_FMT_BGRA)
            {
                bgra = converted = PixelRows.Allocate(frame->width, frame->height, AV_PIX_FMT_BGRA, path);
                PictureScaler.Convert(
                    frame, FrameColors.Matrix(frame), FrameColors.Range(frame), converted, ColorMatrix.Bt601, ColorRange.Full, path);
            }

            return Orientation.Of(frame).Apply((uint*)bgra->data[0], bgra->linesize[0], bgra->width, bgra->height);
        }
        finally
        {
            LibAvUtil.av_frame_free(&frame);
            LibAvUtil.av_frame_free(&converted);
        }
    }

    private static void DecodeFirst(Demuxer demuxer, Decoder decoder, AVFrame* frame, string path)
    {
        AVPacket* packet = av_packet_alloc();
        if (packet == null) throw AvException.OutOfMemory(nameof(av_packet_alloc), path);
        try
        {
            while (true)
            {
                int error = decoder.Receive(frame);
                if (error == 0) return;
                if (error == -Errno.EAGAIN)
                {
                    error = demuxer.Read(packet);
                    if (error == AVERROR_EOF) error = decoder.Send(null);
                    else if (error >= 0 && demuxer.IsOurs(packet)) error = decoder.Send(packet);
                    av_packet_unref(packet);
                }

                if (error < 0)
                    throw new AvException(
                        AvFailure.Damaged, nameof(avcodec_receive_frame), path,
                        $"'{path}' cannot be decoded as {decoder.CodecName}; it is damaged or cut off: copy it again.", error);
            }
        }
        finally
        {
            av_packet_free(&packet);
        }
    }

    private static void CheckSize(string path, long width, long height, int maxPixels)
    {
        if (width > FrameLayout.MaxDimension || height > FrameLayout.MaxDimension || width * height > maxPixels)
            throw new AvException(
                AvFailure.TooLarge, "load", path,
                $"'{path}' is {width}x{height} pixels; camfx takes at most {FrameLayout.MaxDimension} a side and {maxPixels / 1_000_000.0:0.##} million "
                + "in all: scale it down first.");
    }
}
