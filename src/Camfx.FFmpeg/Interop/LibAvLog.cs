using System.Runtime.InteropServices;
using System.Text;

namespace Camfx.FFmpeg.Interop;

/// <summary>FFmpeg's own log, which goes to stderr.</summary>
internal static unsafe class LibAvLog
{
    private static readonly Lock s_gate = new();

    // What this thread's FFmpeg calls said, while it listens.
    [ThreadStatic]
    private static StringBuilder? t_said;

    /// <summary>
    /// Switches the log off, for the whole process. Its lines would tear the status line and say in jargon what <see cref="AvException"/> says in a
    /// sentence.
    /// </summary>
    internal static void Silence() => LibAvUtil.av_log_set_level(LibAv.AV_LOG_QUIET);

    /// <summary>
    /// Runs something on this thread and gives the errors FFmpeg logged meanwhile: a graph's parser tells only there what it did not understand. The
    /// callback is set for the whole process, so it is set no longer than that.
    /// </summary>
    internal static (int Code, string Said) Listen(Func<int> run)
    {
        lock (s_gate)
        {
            t_said = new StringBuilder();
            LibAvUtil.av_log_set_callback(&Hear);
            try
            {
                return (run(), t_said.ToString());
            }
            finally
            {
                nint standard = NativeLibrary.GetExport(NativeLibrary.Load(LibAv.UtilLibrary), "av_log_default_callback");
                LibAvUtil.av_log_set_callback((delegate* unmanaged<void*, int, byte*, void*, void>)standard);
                t_said = null;
            }
        }
    }

    /// <param name="context">Who speaks; null or a pointer to its <c>AVClass*</c>.</param>
    /// <param name="level">How bad it is; less is worse.</param>
    /// <param name="format">As in printf.</param>
    /// <param name="arguments">
    /// A C <c>va_list</c>: on x86-64 an array, on arm64 a structure of more than 16 bytes, so that both ABIs pass its address. It is only handed on.
    /// </param>
    [UnmanagedCallersOnly]
    private static void Hear(void* context, int level, byte* format, void* arguments)
    {
        if (t_said is not { } said || level > LibAv.AV_LOG_ERROR) return;
        const int room = 500;
        byte* line = stackalloc byte[room];
        int prefix = 0;
        if (LibAvUtil.av_log_format_line2(context, level, format, arguments, line, room, &prefix) <= 0) return;
        ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(line);
        if (said.Length < 4 * room) said.Append(Encoding.UTF8.GetString(text));
    }
}
