using System.Runtime.InteropServices;

namespace Camfx.Posix;

/// <summary>A system call failed. The message is one sentence: what could not be done to what, why, and errno by name and number.</summary>
public sealed class PosixException : IOException
{
    private PosixException(int errno, string operation, string? path, string description)
        : base(Describe(errno, operation, path, description), errno)
    {
        Errno = errno;
        Operation = operation;
        Path = path;
        Description = description;
    }

    /// <summary>What was tried, as it follows "Could not", e.g. "connect to".</summary>
    public string Operation { get; }

    /// <summary>The file or object it was tried on; null where there is none to name.</summary>
    public string? Path { get; }

    /// <summary>The errno value, e.g. <see cref="Posix.Errno.ENOENT"/>.</summary>
    public int Errno { get; }

    /// <summary>The errno value's name, e.g. "ENOENT".</summary>
    public string ErrnoName => Posix.Errno.Name(Errno);

    /// <summary>The C library's text for the errno value, e.g. "No such file or directory".</summary>
    public string Description { get; }

    /// <summary>Translates an errno value.</summary>
    /// <param name="errno">The value, read at once after the call that failed.</param>
    /// <param name="operation">What was tried, as it follows "Could not", e.g. "connect to".</param>
    /// <param name="path">The file or object it was tried on, or null.</param>
    public static PosixException FromErrno(int errno, string operation, string? path = null) =>
        new(errno, operation, path, Marshal.GetPInvokeErrorMessage(errno));

    /// <summary>Translates the errno that the last import with SetLastError left on this thread.</summary>
    internal static PosixException FromLastError(string operation, string? path = null) =>
        FromErrno(Marshal.GetLastPInvokeError(), operation, path);

    private static string Describe(int errno, string operation, string? path, string description)
    {
        string target = path is null ? "" : $" '{path}'";
        return $"Could not {operation}{target}: {description} ({Posix.Errno.Name(errno)} {errno}).";
    }
}
