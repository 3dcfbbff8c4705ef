using System.Text;
using Camfx.FFmpeg.Interop;
using Camfx.Posix;
using static Camfx.FFmpeg.Interop.LibAv;

namespace Camfx.FFmpeg;

/// <summary>
/// FFmpeg refused something. The message is one sentence that names the file, what is wrong with it and what to do.
/// </summary>
public sealed class AvException : IOException
{
    internal AvException(AvFailure failure, string operation, string path, string message, int code = 0, Exception? inner = null)
        : base(message, inner)
    {
        Failure = failure;
        Operation = operation;
        Path = path;
        Code = code;
    }

    /// <summary>What kind of failure this is.</summary>
    public AvFailure Failure { get; }

    /// <summary>The FFmpeg function, or the step of camfx, that failed.</summary>
    public string Operation { get; }

    /// <summary>The file or address it was about.</summary>
    public string Path { get; }

    /// <summary>FFmpeg's error code (libavutil/error.h: a negative errno or a tag), or 0 when camfx itself refused.</summary>
    public int Code { get; }

    /// <summary>Translates an error code. The only place where FFmpeg's codes become sentences.</summary>
    internal static AvException FromCode(int code, string operation, string path)
    {
        (AvFailure failure, string message) = code switch
        {
            -Errno.ENOENT => (AvFailure.NotFound, $"'{path}' does not exist; check the path."),
            -Errno.EACCES or -Errno.EPERM => (AvFailure.PermissionDenied, $"'{path}' may not be read by this user; check its permissions."),
            -Errno.EISDIR => (AvFailure.IsDirectory, $"'{path}' is a directory; name a file in it."),
            _ when code == AVERROR_INVALIDDATA || code == AVERROR_DEMUXER_NOT_FOUND || code == AVERROR_EOF =>
                (AvFailure.UnknownFormat, $"'{path}' is in no format that FFmpeg can read; choose a video or picture file."),
            _ when code == AVERROR_DECODER_NOT_FOUND =>
                (AvFailure.NoCodec, $"'{path}' is coded in a way this FFmpeg has no decoder for; convert it to H.264, VP9 or MJPEG."),
            _ when code == AVERROR_STREAM_NOT_FOUND =>
                (AvFailure.NoVideo, $"'{path}' has no video stream; choose a file that has pictures."),
            _ when code == AVERROR_PROTOCOL_NOT_FOUND =>
                (AvFailure.NotFound, $"'{path}' uses a protocol this FFmpeg does not know; check what stands before the colon."),
            _ when code == AVERROR_EXIT => (AvFailure.Canceled, $"Reading '{path}' was stopped."),
            _ => (AvFailure.Other, $"'{path}' could not be read: {Describe(code)} ({operation}); see what ffprobe says about it."),
        };
        return new AvException(failure, operation, path, message, code);
    }

    /// <summary>An allocation of FFmpeg came back empty.</summary>
    internal static AvException OutOfMemory(string operation, string path) => FromCode(-Errno.ENOMEM, operation, path);

    /// <summary>FFmpeg's own words for an error code, e.g. <c>Invalid data found when processing input</c>.</summary>
    internal static unsafe string Describe(int code)
    {
        byte* text = stackalloc byte[AV_ERROR_MAX_STRING_SIZE];
        text[0] = 0;
        _ = LibAvUtil.av_strerror(code, text, (nuint)AV_ERROR_MAX_STRING_SIZE);
        int length = new ReadOnlySpan<byte>(text, AV_ERROR_MAX_STRING_SIZE).IndexOf((byte)0);
        return length > 0 ? Encoding.UTF8.GetString(text, length) : $"error {code}";
    }
}
