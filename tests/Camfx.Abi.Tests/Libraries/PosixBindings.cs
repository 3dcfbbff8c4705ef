using System.Reflection;
using System.Runtime.InteropServices;
using Camfx.Posix;
using Camfx.Posix.Interop;

namespace Camfx.Abi.Tests.Libraries;

/// <summary>Camfx.Posix: the C library and the kernel's own headers.</summary>
internal sealed class PosixBindings : NativeBindings
{
    internal override Assembly Assembly => typeof(FileDescriptor).Assembly;

    internal override void Describe(BindingTable table)
    {
        table.Define("_GNU_SOURCE");
        table.Headers("errno.h", "fcntl.h", "poll.h", "time.h", "unistd.h", "stdio.h", "signal.h", "spawn.h");
        table.Headers("sys/eventfd.h", "sys/file.h", "sys/inotify.h", "sys/ioctl.h", "sys/mman.h", "sys/socket.h", "sys/stat.h", "sys/statfs.h", "sys/utsname.h");
        table.Headers("sys/syscall.h", "sys/un.h", "sys/wait.h");
        table.Headers("linux/futex.h", "linux/magic.h", "linux/udmabuf.h");

        table.Struct<PollDescriptor>("struct pollfd", ("Number", "fd"), ("Events", "events"), ("Returned", "revents"));
        table.Struct<Libc.timespec>("struct timespec");
        table.Struct<Libc.iovec>("struct iovec");
        table.Struct<Libc.msghdr>("struct msghdr");
        table.Struct<Libc.cmsghdr>("struct cmsghdr");
        table.Struct<Libc.sockaddr_un>("struct sockaddr_un");
        table.Struct<Libc.ucred>("struct ucred");
        table.Struct<Libc.statfs>("struct statfs");
        table.Struct<Libc.utsname>("struct utsname");
        table.Struct<Libc.statx_timestamp>("struct statx_timestamp");
        table.Struct<Libc.statx_data>("struct statx");

        table.Struct<Libc.udmabuf_create>("struct udmabuf_create");

        table.Struct<Libc.posix_spawn_file_actions_t>("posix_spawn_file_actions_t");
        table.Struct<Libc.posix_spawnattr_t>("posix_spawnattr_t");
        table.Struct<Libc.sigset_t>("sigset_t");

        table.Enum<PollEvents>(Named(
            ("Readable", "POLLIN"), ("Priority", "POLLPRI"), ("Writable", "POLLOUT"), ("Error", "POLLERR"), ("HangUp", "POLLHUP"),
            ("Invalid", "POLLNVAL"), ("PeerClosed", "POLLRDHUP")));
        table.Enum<Seals>(Named(
            ("Seal", "F_SEAL_SEAL"), ("Shrink", "F_SEAL_SHRINK"), ("Grow", "F_SEAL_GROW"), ("Write", "F_SEAL_WRITE"),
            ("FutureWrite", "F_SEAL_FUTURE_WRITE"), ("Exec", "F_SEAL_EXEC")));
        table.NewerThanSomeHeaders("F_SEAL_EXEC", "MFD_NOEXEC_SEAL"); // Linux 6.3

        table.ConstantsOf(typeof(Errno));
        for (int number = 0; number < ErrnoNames.All.Length; number++)
        {
            if (ErrnoNames.All[number] is { Length: > 0 } name)
                table.Condition($"{name} == {number}", $"{name} is {number} in C#, another number in C");
        }

        // Each architecture has its own number; the headers of a machine know that machine's.
        bool arm = table.Machine == Architecture.Arm64;
        if (table.Machine != RuntimeInformation.ProcessArchitecture) table.NotInC("SYS_futex", "it is chosen for the machine that runs");
        table.Constant("SYS_futex_arm64", arm ? "SYS_futex" : "98");
        table.Constant("SYS_futex_x64", arm ? "202" : "SYS_futex");
        table.Constant("PathSize", "sizeof(((struct sockaddr_un *)0)->sun_path)");
        table.Constant("UtsnameLength", "sizeof(((struct utsname *)0)->release)");
        table.NotInC("Library", "the file the functions come from");
        table.NotInC("NanosecondsPerSecond", "arithmetic on timespec");
    }

    private static Func<string, string?> Named(params (string Ours, string Native)[] names) =>
        member => names.FirstOrDefault(name => name.Ours == member).Native;
}
