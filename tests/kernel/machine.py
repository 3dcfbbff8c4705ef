"""What the tests do to the machine around the helper: people, seats, units, modules, nodes that are not camfx's."""
import fcntl
import grp
import os
import pathlib
import pwd
import struct
import subprocess
from contextlib import contextmanager

import video
from outcome import wait_for

HELPER_UNIT = "camfx-helper.service"


def run(*command, check=True, patience=120, **options):
    done = subprocess.run(command, capture_output=True, text=True, timeout=patience, check=False, **options)
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(command)} ended with {done.returncode}: {(done.stderr or done.stdout).strip()[-300:]}")
    return done


def join_camfx(user):
    """Makes the user a member of the group camfx, who needs no seat: from the next login on, as groups do."""
    if user in grp.getgrnam("camfx").gr_mem:
        return
    run("usermod", "-aG", "camfx", user)
    run("systemctl", "restart", f"user@{user_id(user)}.service")
    wait_for(lambda: os.path.exists(f"/run/user/{user_id(user)}/bus"), f"{user}'s session bus")


def need_user(name):
    """A person with a home whose session is there without a login, as this ring's machines have two; other machines may not."""
    if name not in (entry.pw_name for entry in pwd.getpwall()):
        run("useradd", "-m", "-s", "/bin/bash", name)
    run("loginctl", "enable-linger", name)
    wait_for(lambda: os.path.exists(f"/run/user/{user_id(name)}/bus"), f"{name}'s session bus")


def add_user(name, *groups):
    run("useradd", "-M", "-s", "/bin/bash", *(("-G", ",".join(groups)) if groups else ()), name)
    return name


def sit_down(user):
    """From now on the user sits at the machine: an active session on its seat. Returns the unit that it lasts as long as."""
    unit = f"seat-{user}"
    run("systemd-run", "--quiet", f"--unit={unit}", "-p", f"User={user}", "-p", "PAMName=login", "-p", "TTYPath=/dev/tty1", "-p", "StandardInput=tty",
        "-p", "StandardOutput=journal", "sleep", "infinity")
    wait_for(lambda: any(user in line and "seat0" in line for line in _sessions().splitlines()), f"a session of {user} on the seat")
    return unit


def _sessions():
    return run("loginctl", "list-sessions", "--no-legend").stdout


@contextmanager
def seat(user):
    """The user sits at the machine."""
    unit = sit_down(user)
    try:
        yield
    finally:
        run("systemctl", "stop", unit)
        wait_for(lambda: "seat0" not in _sessions(), f"the end of {user}'s session")


def user_id(name):
    return pwd.getpwnam(name).pw_uid


def name_of_user(uid):
    return pwd.getpwuid(uid).pw_name


def name_of_group(gid):
    return grp.getgrgid(gid).gr_name


def unit_property(name, unit=HELPER_UNIT):
    return run("systemctl", "show", "--value", "-p", name, unit).stdout.strip()


def helper_pid():
    return int(unit_property("MainPID"))


def helper_answers():
    """Waits until the helper is there and answers; returns its process."""
    def ask():
        done = run("busctl", "get-property", "org.camfx.Helper1", "/org/camfx/Helper1", "org.camfx.Helper1", "Version", check=False)
        return done.returncode == 0 and helper_pid()
    return wait_for(ask, "an answer of the helper")


def status_of(pid):
    """/proc/PID/status as a dictionary."""
    lines = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def load_modules():
    run("systemctl", "start", "camfx-modules.service")
    run("udevadm", "settle")


def add_loopback(label, number, width=320, height=240):
    """A node of v4l2loopback that is somebody else's, as OBS has one."""
    configuration = struct.pack("=ii32s8i", number, 0, label.encode(), width, width, height, height, 4, 32, 0, 0)
    with open("/dev/v4l2loopback", "rb") as control:
        fcntl.ioctl(control, 0x4C80, configuration)
    run("udevadm", "settle")
    return f"/dev/video{number}"


def make_loopbacks(labels, first):
    """Nodes with these labels and numbers from `first` on, by whichever way the module has; returns their paths."""
    numbers = range(first, first + len(labels))
    conf = pathlib.Path("/etc/camfx/devices.conf")
    kept = conf.read_text(encoding="utf-8")
    conf.write_text("".join(f"{number} {label}\n" for number, label in zip(numbers, labels)), encoding="utf-8")
    load_modules()
    conf.write_text(kept, encoding="utf-8")
    if os.path.exists("/dev/v4l2loopback"):
        for number, label in zip(numbers, labels):
            add_loopback(label, number)
    return [f"/dev/video{number}" for number in numbers]


def remove_loopback(number):
    with open("/dev/v4l2loopback", "rb") as control:
        fcntl.ioctl(control, 0x4C81, number)


@contextmanager
def writer(path, width=320, height=240):
    """Somebody's program that writes a picture into a node, which is then a camera."""
    process = subprocess.Popen(["ffmpeg", "-v", "error", "-re", "-f", "lavfi", "-i", f"testsrc=size={width}x{height}:rate=5", "-pix_fmt", "yuyv422",
                                "-f", "v4l2", path], stdin=subprocess.DEVNULL)
    try:
        wait_for(lambda: video.ask(path).caps & video.CAP_CAPTURE, f"{path} becoming a camera")
        yield process
    finally:
        process.kill()
        process.wait()
