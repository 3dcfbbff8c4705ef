namespace Camfx.FFmpeg.Interop;

/// <summary>FFmpeg's own log, which goes to stderr.</summary>
internal static class LibAvLog
{
    /// <summary>
    /// Switches the log off, for the whole process. Its lines would tear the status line and say in jargon what <see cref="AvException"/> says in a
    /// sentence; a callback of our own would have to read a C va_list, which C# cannot.
    /// </summary>
    internal static void Silence() => LibAvUtil.av_log_set_level(LibAv.AV_LOG_QUIET);
}
