"""What a program copies, seen from outside: memcpy and memmove counted by a preloaded library, read and write by the kernel."""
import mmap
import os
import struct
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

LOOKS = 3


class Copies:
    """Counts one program's copies; use as a context manager and start the program with `environment`."""

    def __init__(self, library, environment):
        self._file = tempfile.NamedTemporaryFile(prefix="camfx-copies-")
        self._file.truncate(mmap.PAGESIZE)
        self._map = mmap.mmap(self._file.fileno(), mmap.PAGESIZE)
        self.environment = {**environment, "LD_PRELOAD": library, "CAMFX_BENCH_COPIES": self._file.name}

    @property
    def bytes(self):
        return struct.unpack_from("QQ", self._map)[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._map.close()
        self._file.close()


@dataclass
class Seen:
    """What one program did in a stretch of time."""
    memory: float       # bytes a picture by memcpy and memmove
    kernel: float       # bytes a picture by read and write
    touched: int        # bytes of private memory read or written at all


def watch(counters, pids, rate, seconds):
    """What programs copy while they run undisturbed."""
    before, begin = _now(counters, pids), time.monotonic()
    touched = [_touched(pids, seconds / LOOKS) for _ in range(LOOKS)]
    after, pictures = _now(counters, pids), (time.monotonic() - begin) * rate
    return [Seen((later[0] - first[0]) / pictures, (later[1] - first[1]) / pictures, min(looks))
            for first, later, looks in zip(before, after, zip(*touched))]


def _now(counters, pids):
    return [(counter.bytes, _read_and_written(pid)) for counter, pid in zip(counters, pids)]


def _touched(pids, seconds):
    """
    Bytes of private pages used in so many seconds. Whatever code copies a picture, it lies in such pages before or after, unless both are shared
    memory. The kernel marks pages for reasons of its own now and then, so the least of several looks counts.
    """
    for pid in pids:
        Path(f"/proc/{pid}/clear_refs").write_text("1", encoding="ascii")
    time.sleep(seconds)
    return [_referenced(pid) for pid in pids]


def _referenced(pid):
    kilobytes, private = 0, False
    for line in Path(f"/proc/{pid}/smaps").read_text(encoding="utf-8").splitlines():
        key, value = line.split(maxsplit=1)
        if not key.endswith(":"):
            access = value[:4]
            private = access.endswith("p") and "w" in access
        elif key == "Referenced:" and private:
            kilobytes += int(value.split()[0])
    return kilobytes * 1024


def _read_and_written(pid):
    fields = dict(line.split(": ") for line in Path(f"/proc/{pid}/io").read_text(encoding="ascii").splitlines())
    return int(fields["rchar"]) + int(fields["wchar"])


def memfds(pid, name):
    """st_dev:st_ino of the memfds of a name that a process has open."""
    found = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            if str(link.readlink()).startswith(f"/memfd:{name}"):
                status = link.stat()
                found.add((status.st_dev, status.st_ino))
        except OSError:
            continue
    return found


def mapped(pid, at_least):
    """st_dev:st_ino, access and name of every shared mapping of so many bytes."""
    found = []
    for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines():
        addresses, access, _, device, inode, *path = line.split(maxsplit=5)
        begin, end = (int(address, 16) for address in addresses.split("-"))
        if access.endswith("s") and end - begin >= at_least:
            major, minor = (int(number, 16) for number in device.split(":"))
            found.append(((os.makedev(major, minor), int(inode)), access, path[0] if path else ""))
    return found
