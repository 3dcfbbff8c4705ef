using System.Runtime.InteropServices;

namespace Camfx.Posix.Tests;

/// <summary>
/// Interrupts one thread's system calls. The signal's handler is the C library's abs(): harmless, and without SA_RESTART, so that
/// the kernel reports EINTR wherever it can.
/// </summary>
internal static unsafe partial class Signals
{
    private const int SIGUSR2 = 12;

    static Signals()
    {
        nint handler = NativeLibrary.GetExport(NativeLibrary.Load("libc", typeof(Signals).Assembly, null), "abs");
        _ = siginterrupt(SIGUSR2, 1);
        Assert.NotEqual(-1, signal(SIGUSR2, handler));
    }

    /// <summary>The calling thread, for <see cref="Interrupt"/>.</summary>
    internal static nint CurrentThread() => pthread_self();

    /// <summary>The calling thread's number in /proc.</summary>
    internal static int CurrentThreadId() => gettid();

    /// <summary>Sends the signal to a thread.</summary>
    internal static void Interrupt(nint thread) => Assert.Equal(0, pthread_kill(thread, SIGUSR2));

    [LibraryImport("libc")]
    private static partial nint signal(int number, nint handler);

    [LibraryImport("libc")]
    private static partial int siginterrupt(int number, int flag);

    [LibraryImport("libc")]
    private static partial nint pthread_self();

    [LibraryImport("libc")]
    private static partial int pthread_kill(nint thread, int number);

    [LibraryImport("libc")]
    private static partial int gettid();
}
