using Camfx.Posix;

namespace Camfx.DBus;

/// <summary>sd-bus answers with negative errno values: the one place where they become exceptions.</summary>
internal static class Negative
{
    // EBADMSG of asm-generic/errno.h: the message does not hold what its signature says.
    private const int Malformed = 74;

    /// <summary>The result, unless it is an error.</summary>
    /// <param name="result">What the function answered.</param>
    /// <param name="operation">What was tried, as it follows "Could not".</param>
    public static int Check(int result, string operation) => result < 0 ? throw Translate(-result, operation) : result;

    public static BusException Translate(int errno, string operation)
    {
        string name = errno switch
        {
            Errno.ENOTCONN or Errno.ECONNRESET or Errno.EPIPE => BusErrors.Disconnected,
            Errno.ENOENT or Errno.ECONNREFUSED => BusErrors.NoServer,
            Errno.ETIMEDOUT => BusErrors.NoReply,
            Errno.EACCES or Errno.EPERM => BusErrors.AccessDenied,
            Errno.EINVAL or Errno.ENXIO or Malformed => BusErrors.InvalidArgs,
            _ => BusErrors.Failed,
        };
        return new BusException(name, PosixException.FromErrno(errno, operation).Message);
    }
}
