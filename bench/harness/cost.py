"""What a process costs: CPU time of it and its children, memory, context switches, read from the kernel."""
import os
import time
from pathlib import Path

CPUCLOCK_SCHED = 2      # include/linux/posix-timers.h: a process's CPU clock is (~pid << 3) | CPUCLOCK_SCHED


def tree(pid):
    """The process and all its living descendants."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*"):
        try:
            children = (task / "children").read_text().split()
        except OSError:
            continue
        for child in children:
            found += tree(int(child))
    return found


def cpu_seconds(pid):
    """CPU time of the tree so far, exact to the ns, threads that have ended included."""
    total = 0.0
    for member in tree(pid):
        try:
            total += time.clock_gettime((~member << 3) | CPUCLOCK_SCHED)
        except OSError:
            continue
    return total


def context_switches(pid):
    """Times the process's living threads went to sleep of their own will: one for each wake-up."""
    total = 0
    for status in Path(f"/proc/{pid}/task").glob("*/status"):
        try:
            total += int(status.read_text().split("\nvoluntary_ctxt_switches:")[1].split()[0])
        except OSError:
            continue
    return total


def resident(pid):
    """RssAnon + RssFile in bytes: what is the process's own. RssShmem is the pictures, which all processes share."""
    kilobytes = 0
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(("RssAnon:", "RssFile:")):
            kilobytes += int(line.split()[1])
    return kilobytes * 1024


def run_to_end(command, environment=None):
    """Runs a command; returns its CPU seconds (user and system, its children's too) and its peak memory in bytes."""
    null = os.open(os.devnull, os.O_RDWR)
    streams = [(os.POSIX_SPAWN_DUP2, null, number) for number in (0, 1, 2)]
    pid = os.posix_spawnp(command[0], command, os.environ if environment is None else environment, file_actions=streams)
    os.close(null)
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        raise RuntimeError(f"{' '.join(command)} failed with status {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024
