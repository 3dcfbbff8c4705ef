"""What a machine has, as a set of lines that is compared before packages came and after they have gone: files, sockets, users, groups, failed units."""
import os

import machine

# Not of the machine's disk, or everybody's.
OUTSIDE = ("/proc", "/sys", "/dev", "/tmp", "/var/tmp", "/mnt", "/run/user", "/root")
# Where the package manager, systemd, udev and polkit write down what happens, whatever is installed.
NOTES = ("/var/lib/dpkg/", "/var/lib/apt/", "/var/cache/", "/var/log/", "/var/lib/polkit-1/", "/run/log/", "/run/udev/", "/run/systemd/", "/run/polkit",
         "/etc/passwd-", "/etc/group-", "/etc/shadow-", "/etc/gshadow-", "/etc/.pwd.lock", "/etc/subuid-", "/etc/subgid-")
# In people's folders and in those of systemd only what is called camfx is camfx's; the media session leaves things there, too.
SHARED = ("/home/", "/run/user/", "/run/systemd/")
# What stays after a purge, and why.
STAYS = {
    "user camfx": "files of a system user may lie anywhere, so Debian's packages leave it",
    "group camfx": "the user's, and people may be members of it",
}


def look():
    """Everything that counts, now."""
    found = {path for path in _walk("/") if not path.startswith(NOTES + SHARED)}
    found |= {path for folder in SHARED for path in _walk(folder) if "camfx" in path}
    found |= {f"{kind} {line.split(':')[0]}" for kind, table in (("user", "passwd"), ("group", "group"))
              for line in machine.run("getent", table).stdout.splitlines()}
    return found | {f"failed {unit}" for unit in failed_units()}


def failed_units():
    lines = machine.run("systemctl", "list-units", "--failed", "--plain", "--no-legend").stdout.splitlines()
    return [line.split()[0] for line in lines]


def expect_nothing(before, people):
    """Nothing is there that was not there before, but what stays, people's own cameras, and the empty folder that goes when they log out."""
    own = {f"{top}{name}" for person in people for top, names in (
        (f"{person.home}/.local/state/camfx", ("", "/cameras.json")), (f"/run/user/{machine.user_id(person.user)}/camfx", ("", "/queues"))) for name in names}
    left = sorted(look() - before - STAYS.keys() - own)
    assert not left, f"left behind: {left}"


def _walk(top):
    for folder, folders, files in os.walk(top):
        folders[:] = [name for name in folders if os.path.join(folder, name) not in OUTSIDE]
        for name in folders + files:
            yield os.path.join(folder, name)
