using System.Runtime.InteropServices;
using Camfx.Posix.Interop;

namespace Camfx.Posix;

/// <summary>
/// A program this process has started (posix_spawn(3)), leader of a session of its own: the terminal's signals do not reach it, and it and the
/// processes it makes can be signalled together. Its standard input is empty.
/// </summary>
/// <remarks>
/// Thread-safe but for <see cref="TryReap"/>. The thread that starts it is its parent to the kernel: a death signal the program asks for
/// (PR_SET_PDEATHSIG) comes when that thread ends.
/// </remarks>
public sealed unsafe class ChildProcess : IDisposable
{
    private readonly Lock _gate = new();
    private ProcessEnd? _end;

    private ChildProcess(int id, FileDescriptor descriptor)
    {
        Id = id;
        Descriptor = descriptor;
    }

    /// <summary>Its process id, and that of its session and group. Good until it is reaped.</summary>
    public int Id { get; }

    /// <summary>What to poll: readable when it has ended (pidfd_open(2)).</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>Starts a program.</summary>
    /// <param name="path">The program's file.</param>
    /// <param name="arguments">What follows its name.</param>
    /// <param name="environment">All of its environment, <c>NAME=value</c> each.</param>
    /// <param name="output">Where its standard output and standard error go; borrowed.</param>
    /// <exception cref="PosixException">ENOENT: no such file. EACCES: not executable. ENOEXEC: no program. Others: no room for a process.</exception>
    public static ChildProcess Start(string path, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, FileDescriptor output)
    {
        using StringArray argumentStrings = new([path, .. arguments]), environmentStrings = new(environment);
        Libc.posix_spawn_file_actions_t actions;
        Libc.posix_spawnattr_t attributes;
        Check(Libc.posix_spawn_file_actions_init(&actions), path);
        Check(Libc.posix_spawnattr_init(&attributes), path);
        try
        {
            Check(Libc.posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", Libc.O_RDONLY, 0), path);
            Check(Libc.posix_spawn_file_actions_adddup2(&actions, output.Number, 1), path);
            Check(Libc.posix_spawn_file_actions_adddup2(&actions, output.Number, 2), path);
            SetSignals(&attributes, path);
            int id;
            Check(Libc.posix_spawn(&id, path, &actions, &attributes, argumentStrings.Pointers, environmentStrings.Pointers), path);
            long descriptor = Libc.pidfd_open(Libc.SYS_pidfd_open, id, 0);
            if (descriptor >= 0)
                return new ChildProcess(id, new FileDescriptor((int)descriptor, owned: true));
            PosixException failure = PosixException.FromLastError("watch the process of", path);
            using ChildProcess unwatched = new(id, new FileDescriptor(-1, owned: false));
            throw failure;
        }
        finally
        {
            _ = Libc.posix_spawnattr_destroy(&attributes); // ignoring: glibc's frees nothing and cannot fail.
            _ = Libc.posix_spawn_file_actions_destroy(&actions); // ignoring: as above.
        }
    }

    /// <summary>Asks it and its group to end (SIGTERM). Does nothing when it has been reaped.</summary>
    public void Terminate() => Signal(Libc.SIGTERM);

    /// <summary>Ends it and its group (SIGKILL). Does nothing when it has been reaped.</summary>
    public void Kill() => Signal(Libc.SIGKILL);

    /// <summary>Collects how it ended, once it has. Thread-bound.</summary>
    /// <returns>False while it lives.</returns>
    public bool TryReap(out ProcessEnd end)
    {
        lock (_gate)
        {
            if (_end is null) Reap(Libc.WNOHANG);
            end = _end ?? default;
            return _end is not null;
        }
    }

    /// <summary>Kills it and its group if it lives, and waits for its end.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_end is null)
            {
                _ = Libc.kill(-Id, Libc.SIGKILL); // ignoring: ESRCH says that it is gone already.
                Reap(options: 0);
            }
        }

        Descriptor.Dispose();
    }

    private static void SetSignals(Libc.posix_spawnattr_t* attributes, string path)
    {
        // The runtime ignores SIGPIPE, and what is ignored stays so in a new program; nothing is blocked there either.
        Libc.sigset_t defaults, blocked;
        _ = Libc.sigemptyset(&defaults); // ignoring: cannot fail.
        _ = Libc.sigaddset(&defaults, Libc.SIGPIPE); // ignoring: the signal exists.
        _ = Libc.sigemptyset(&blocked); // ignoring: cannot fail.
        Check(Libc.posix_spawnattr_setsigdefault(attributes, &defaults), path);
        Check(Libc.posix_spawnattr_setsigmask(attributes, &blocked), path);
        Check(
            Libc.posix_spawnattr_setflags(
                attributes, Libc.POSIX_SPAWN_SETSID | Libc.POSIX_SPAWN_SETSIGDEF | Libc.POSIX_SPAWN_SETSIGMASK),
            path);
    }

    // These functions return their errno.
    private static void Check(int errno, string path)
    {
        if (errno != 0)
            throw PosixException.FromErrno(errno, "start", path);
    }

    private void Signal(int signal)
    {
        // Under the lock: once it is reaped, its number may be another process's.
        lock (_gate)
        {
            if (_end is null)
                _ = Libc.kill(-Id, signal); // ignoring: ESRCH says that it is gone already.
        }
    }

    private void Reap(int options)
    {
        int status, result;
        do
        {
            result = Libc.waitpid(Id, &status, options);
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);

        // ECHILD: this process was started with SIGCHLD ignored, and the kernel has buried the child itself.
        if (result != 0)
            _end = result < 0 ? new ProcessEnd(-1, 0) : ProcessEnd.FromWaitStatus(status);
    }
}
