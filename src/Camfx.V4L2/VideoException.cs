using System.Runtime.InteropServices;

namespace Camfx.V4L2;

/// <summary>A video device refused something. The message is one sentence that names the node, what was tried and what to do.</summary>
public sealed class VideoException : IOException
{
    internal VideoException(VideoFailure failure, string path, string message, int errno = 0)
        : base(message)
    {
        Failure = failure;
        Path = path;
        Errno = errno;
    }

    /// <summary>What kind of refusal it is.</summary>
    public VideoFailure Failure { get; }

    /// <summary>The node.</summary>
    public string Path { get; }

    /// <summary>The errno value behind it; 0 when camfx itself refused.</summary>
    public int Errno { get; }

    /// <summary>Translates an errno value: the only place where those of video nodes become sentences.</summary>
    /// <param name="errno">The value, positive.</param>
    /// <param name="operation">What was tried, as it follows "Could not", e.g. "start the stream of".</param>
    /// <param name="path">The node.</param>
    internal static VideoException FromErrno(int errno, string operation, string path)
    {
        VideoFailure failure = Kind(errno);
        string remedy = failure switch
        {
            VideoFailure.NotFound => "; check that the device is there",
            VideoFailure.Gone => "; the device was unplugged",
            VideoFailure.Busy => "; another program uses it, close that one",
            VideoFailure.NotPermitted => "; this user may not, see the groups of the node",
            _ => "",
        };
        return new VideoException(
            failure, path,
            $"Could not {operation} '{path}': {Marshal.GetPInvokeErrorMessage(errno)} ({Posix.Errno.Name(errno)}){remedy}.", errno);
    }

    internal static VideoFailure Kind(int errno) => errno switch
    {
        Posix.Errno.ENOENT => VideoFailure.NotFound,
        Posix.Errno.ENODEV or Posix.Errno.ENXIO => VideoFailure.Gone,
        Posix.Errno.EBUSY => VideoFailure.Busy,
        Posix.Errno.EACCES or Posix.Errno.EPERM => VideoFailure.NotPermitted,
        Posix.Errno.ENOTTY or Posix.Errno.EINVAL or Posix.Errno.EOPNOTSUPP => VideoFailure.Unsupported,
        _ => VideoFailure.Other,
    };
}
