using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>Waiting for descriptors (ppoll(2)).</summary>
/// <remarks>Thread-safe.</remarks>
public static class Poll
{
    /// <summary>A timeout that never comes.</summary>
    public const long NoTimeout = -1;

    /// <summary>Waits until at least one descriptor has something to answer.</summary>
    /// <param name="descriptors">What to wait for; <see cref="PollDescriptor.Returned"/> of each is set.</param>
    /// <param name="timeoutNs">Nanoseconds at most; 0 only looks; <see cref="NoTimeout"/> waits for ever.</param>
    /// <returns>How many descriptors answered; 0 when the time ran out.</returns>
    /// <exception cref="PosixException">EINVAL: more descriptors than the process may have open. ENOMEM: no memory.</exception>
    public static unsafe int Wait(Span<PollDescriptor> descriptors, long timeoutNs)
    {
        bool limited = timeoutNs >= 0;
        long start = limited ? MonotonicClock.Now : 0;
        long left = timeoutNs;
        fixed (PollDescriptor* first = descriptors)
        {
            while (true)
            {
                Libc.timespec time = Libc.timespec.FromNanoseconds(left);
                int ready = Libc.ppoll(first, (ulong)descriptors.Length, limited ? &time : null, null);
                if (ready >= 0)
                    return ready;
                int errno = Marshal.GetLastPInvokeError();
                if (errno != Errno.EINTR)
                    throw PosixException.FromErrno(errno, "wait for file descriptors");

                // A signal came: the time already waited counts.
                if (limited)
                    left = Math.Max(0, timeoutNs - (MonotonicClock.Now - start));
            }
        }
    }
}
