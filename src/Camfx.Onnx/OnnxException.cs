namespace Camfx.Onnx;

/// <summary>ONNX Runtime is not there or refused something. The message is one sentence: what failed, why, what to do.</summary>
public sealed class OnnxException : Exception
{
    internal OnnxException(string message, bool isMissing = false)
        : base(message) => IsMissing = isMissing;

    /// <summary>Whether there is no ONNX Runtime at all that could be used.</summary>
    public bool IsMissing { get; }

    internal static OnnxException NotInstalled() => new(
        "ONNX Runtime is not installed; install the package libonnxruntime1.21 (Debian 13), or name another copy of the library in CAMFX_ONNXRUNTIME.",
        isMissing: true);

    internal static OnnxException NotLoaded(string path) => new(
        File.Exists(path)
            ? $"'{path}', which CAMFX_ONNXRUNTIME names, cannot be loaded; it is no libonnxruntime for this machine."
            : $"CAMFX_ONNXRUNTIME names '{path}', which does not exist; name libonnxruntime.so.1 or unset it.",
        isMissing: true);

    internal static OnnxException NotTheRuntime(string path) => new(
        $"'{path}' is a library, but not ONNX Runtime: it has no OrtGetApiBase; name libonnxruntime.so.1.", isMissing: true);

    internal static OnnxException TooOld(string path, string version) => new(
        $"'{path}' is ONNX Runtime {version}, which is too old; camfx needs 1.11 or later.", isMissing: true);

    /// <summary>The library's words as part of a sentence: without its error code, the place in its source and the file, which stands before it.</summary>
    internal static string Shorten(string words)
    {
        string text = string.Join(' ', words.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(static line => !line.StartsWith("Please ", StringComparison.Ordinal)));
        if (text.StartsWith("Load model from ", StringComparison.Ordinal)) text = After(text, " failed:", 1);
        // "/build/…/session.cc:123 what::it(was) what happened"
        if (text.StartsWith('/')) text = After(text, ") ", 1);
        // "[ONNXRuntimeError] : 1 : FAIL : what happened"
        if (text.StartsWith("[ONNXRuntimeError]", StringComparison.Ordinal)) text = After(text, " : ", 3);
        text = text.Trim().TrimEnd('.');
        return text.Length <= 200 ? text : text[..199] + "…";
    }

    private static string After(string text, string mark, int times)
    {
        string rest = text;
        for (; times > 0; times--)
        {
            int at = rest.IndexOf(mark, StringComparison.Ordinal);
            if (at < 0) return text;
            rest = rest[(at + mark.Length)..];
        }

        return rest;
    }
}
