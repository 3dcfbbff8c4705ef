using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>
/// Sleeping on a 32-bit word until somebody changes it and wakes it (futex(2)). No system call is needed to see that the word has
/// changed already, nor to change one nobody waits for: the caller keeps that knowledge beside the word.
/// </summary>
/// <remarks>
/// Thread-safe. The plain methods reach every process that maps the word's file, by whatever address, and a read-only mapping is
/// enough to wait (and to wake). The private ones reach only this process, and cost less. Both sides must use the same kind.
/// </remarks>
public static unsafe class Futex
{
    /// <summary>A deadline that never comes.</summary>
    public const long NoDeadline = long.MaxValue;

    /// <summary>Sleeps while a word in shared memory has the expected value.</summary>
    /// <param name="word">The word, at a multiple of 4.</param>
    /// <param name="expected">The value it is waited to lose.</param>
    /// <param name="deadline">CLOCK_MONOTONIC in ns (<see cref="MonotonicClock.Now"/>); <see cref="NoDeadline"/> for none.</param>
    /// <exception cref="PosixException">EFAULT: the address is not mapped. EINVAL: not a multiple of 4.</exception>
    public static FutexResult Wait(uint* word, uint expected, long deadline) =>
        Wait(word, expected, deadline, Libc.FUTEX_WAIT_BITSET);

    /// <summary>Wakes processes and threads that wait for a word in shared memory; the word must have been changed before.</summary>
    /// <param name="word">The word, at a multiple of 4.</param>
    /// <param name="count">How many to wake at most, 1 or more.</param>
    /// <returns>How many were woken.</returns>
    /// <exception cref="PosixException">EFAULT: the address is not mapped. EINVAL: not a multiple of 4.</exception>
    public static int Wake(uint* word, int count = int.MaxValue) => Wake(word, count, Libc.FUTEX_WAKE);

    /// <summary><see cref="Wait(uint*, uint, long)"/> for a word only this process uses.</summary>
    /// <inheritdoc cref="Wait(uint*, uint, long)"/>
    public static FutexResult WaitPrivate(uint* word, uint expected, long deadline) =>
        Wait(word, expected, deadline, Libc.FUTEX_WAIT_BITSET | Libc.FUTEX_PRIVATE_FLAG);

    /// <summary><see cref="Wake(uint*, int)"/> for a word only this process uses.</summary>
    /// <inheritdoc cref="Wake(uint*, int)"/>
    public static int WakePrivate(uint* word, int count = int.MaxValue) =>
        Wake(word, count, Libc.FUTEX_WAKE | Libc.FUTEX_PRIVATE_FLAG);

    // WAIT_BITSET and not WAIT: its timeout is absolute, so a wait that a signal ended goes on with the same argument.
    private static FutexResult Wait(uint* word, uint expected, long deadline, int operation)
    {
        Libc.timespec time = Libc.timespec.FromNanoseconds(Math.Max(deadline, 0));
        Libc.timespec* timeout = deadline == NoDeadline ? null : &time;
        while (Libc.futex(Libc.SYS_futex, word, operation, expected, timeout, null, Libc.FUTEX_BITSET_MATCH_ANY) < 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            switch (errno)
            {
                case Errno.EINTR:
                    continue;
                case Errno.EAGAIN:
                    return FutexResult.ValueChanged;
                case Errno.ETIMEDOUT:
                    return FutexResult.TimedOut;
                default:
                    throw PosixException.FromErrno(errno, $"wait for the word at 0x{(nint)word:x}");
            }
        }

        return FutexResult.Woken;
    }

    private static int Wake(uint* word, int count, int operation)
    {
        long woken = Libc.futex(Libc.SYS_futex, word, operation, count, null, null, 0);
        if (woken < 0)
            throw PosixException.FromLastError($"wake those who wait for the word at 0x{(nint)word:x}");
        return (int)woken;
    }
}
