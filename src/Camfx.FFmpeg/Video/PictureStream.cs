using Camfx.FFmpeg.Interop;
using Camfx.Posix;
using static Camfx.FFmpeg.Interop.LibAv;
using static Camfx.FFmpeg.Interop.LibAvCodec;

namespace Camfx.FFmpeg;

/// <summary>Demuxer and decoder as one: picture after picture, with damaged spots skipped and counted.</summary>
/// <remarks>Thread-bound.</remarks>
internal sealed unsafe class PictureStream : IDisposable
{
    // So many failures in a row, with not one picture between them, are no damaged spot: the rest of the stream is unreadable.
    private const int FailureLimit = 500;

    private readonly string _path;
    private readonly Interruption _interruption;
    private readonly Demuxer _demuxer;
    private readonly Decoder _decoder;
    private AVPacket* _packet;
    private int _failures;
    private bool _isUntouched = true;

    /// <summary>Opens the input and the decoder of its best video stream.</summary>
    /// <exception cref="AvException">It cannot be played.</exception>
    internal PictureStream(MediaLocation location, VideoReaderOptions options, Interruption interruption)
    {
        _path = location.Name;
        _interruption = interruption;
        _demuxer = new Demuxer(location, options, interruption);
        try
        {
            _decoder = new Decoder(_demuxer.Stream, options.Threads, _path);
            _packet = av_packet_alloc();
            if (_packet == null) throw AvException.OutOfMemory(nameof(av_packet_alloc), _path);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal AVFormatContext* Context => _demuxer.Context;

    internal AVStream* Stream => _demuxer.Stream;

    internal string CodecName => _decoder.CodecName;

    /// <summary>Failures of the demuxer or decoder so far.</summary>
    internal long CorruptedPackets { get; private set; }

    /// <summary>Decodes the next picture into an empty frame.</summary>
    /// <exception cref="AvException">The stream cannot be read any further.</exception>
    internal ReadResult Next(AVFrame* frame)
    {
        while (!_interruption.IsRequested)
        {
            int error = _decoder.Receive(frame);
            if (error == 0)
            {
                _failures = 0;
                _isUntouched = false;
                return ReadResult.Frame;
            }

            if (error == AVERROR_EOF) return EndOfStream();
            if (error == -Errno.EAGAIN) Feed();
            else CountFailure(error, nameof(avcodec_receive_frame));
        }

        return ReadResult.Canceled;
    }

    /// <summary>Goes to the key frame at or before a timestamp of the stream.</summary>
    /// <exception cref="AvException">The input cannot go there.</exception>
    internal void Seek(long timestamp, bool toStart)
    {
        _demuxer.Seek(timestamp, toStart);
        _decoder.Flush();
        _failures = 0;
        _isUntouched = toStart;
    }

    public void Dispose()
    {
        AVPacket* packet = _packet;
        av_packet_free(&packet);
        _packet = null;
        _decoder?.Dispose();
        _demuxer.Dispose();
    }

    private void Feed()
    {
        int error = _demuxer.Read(_packet);
        if (error >= 0)
        {
            if (_demuxer.IsOurs(_packet))
            {
                error = _decoder.Send(_packet);
                if (error < 0) CountFailure(error, nameof(avcodec_send_packet));
            }

            av_packet_unref(_packet);
        }
        else if (error == AVERROR_EOF)
        {
            _ = _decoder.Send(null);
        }
        else if (error != -Errno.EAGAIN && !_interruption.IsRequested)
        {
            CountFailure(error, nameof(LibAvFormat.av_read_frame));
        }
    }

    private void CountFailure(int error, string operation)
    {
        CorruptedPackets++;
        if (++_failures < FailureLimit) return;
        throw new AvException(
            AvFailure.Damaged, operation, _path,
            $"'{_path}' is damaged from here on ({AvException.Describe(error)}); copy it again, or play another file.", error);
    }

    private ReadResult EndOfStream()
    {
        // A caller that loops would spin for ever on a stream that has a beginning, an end and nothing between them.
        if (_isUntouched)
            throw new AvException(
                AvFailure.Damaged, nameof(avcodec_receive_frame), _path,
                $"'{_path}' has a video stream, but not one picture of it can be decoded; it is damaged: copy it again.");
        return ReadResult.EndOfStream;
    }
}
