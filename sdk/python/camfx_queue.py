# SPDX-License-Identifier: MIT
"""Read a camfx camera's frames from Python, without a copy.

Standard library only; `Frame.array()` needs numpy. Protocol version 1, specified in docs/frame-queue.md.

    import camfx_queue
    with camfx_queue.connect("camfx") as queue:
        for frame in queue.frames():
            with frame:
                print(frame.sequence, frame.plane(0)[0])

A frame is leased until its `with` block ends. `frame.release()` tells whether it was whole: False means it was held too long (500 ms) and
its pixels may be torn.
"""

import ctypes
import fcntl
import mmap
import os
import select
import socket
import stat
import struct
import threading
import time
from collections import namedtuple

VERSION = 1
QUEUE_MAGIC = int.from_bytes(b"CAMFXQUE", "little")
CONTROL_MAGIC = int.from_bytes(b"CAMFXCTL", "little")
LIVE, ENDED, SUPERSEDED = 1, 2, 3
DISCONTINUITY, PLACEHOLDER, CORRUPTED = 1, 2, 4

MAX_SLOTS, MAX_SHARE, MAX_SLOT_SIZE, MAX_FIRST_SLOT = 64, 62, 7680 * 4320 * 4, 65536
ATTEMPTS = 8

_HEADER = struct.Struct("<QIIQQQIIQII12I2I")
_SLOT = struct.Struct("<QqqII12I")
_CONTROL = struct.Struct("<QIIQ")
_HELLO = struct.Struct("<IIQIIQ")
_WELCOME = struct.Struct("<IIQIIQ")
_REFUSED = struct.Struct("<IIII240s")
_HEADER_SIZE, _SLOT_SIZE, _NEWEST, _STATE, _WAITING, _LEASES = 256, 128, 0x80, 0x8C, 0x40, 0x80
_TMPFS = 0x01021994
_SEAL, _SHRINK, _GROW, _FUTURE_WRITE = 1, 2, 4, 16
_F_GET_SEALS = 1034
_POPULATE_READ = 22

Format = namedtuple("Format", "fourcc width height planes offsets strides matrix range")


class QueueError(Exception):
    """The queue cannot be used; the text says why."""


_libc = ctypes.CDLL(None, use_errno=True)
_MEMBARRIER = {"x86_64": 324, "aarch64": 283}.get(os.uname().machine)
_MEMBARRIER_GLOBAL_EXPEDITED = 2
_lock = threading.Lock()


def _fence():
    """A full memory fence. Python has none of its own: membarrier(2) is one for its caller, and a lock's round trip is the next best."""
    if _MEMBARRIER is None or _libc.syscall(_MEMBARRIER, _MEMBARRIER_GLOBAL_EXPEDITED, 0, 0) != 0:
        with _lock:
            pass


def _check_file(fd, what, seals):
    status = os.fstat(fd)
    if not stat.S_ISREG(status.st_mode):
        raise QueueError(f"the {what} is no memfd")
    system = ctypes.create_string_buffer(256)
    if _libc.fstatfs(fd, system) != 0 or struct.unpack_from("<q", system)[0] != _TMPFS:
        raise QueueError(f"the {what} is not on tmpfs")
    found = fcntl.fcntl(fd, _F_GET_SEALS)
    if found & seals != seals:
        raise QueueError(f"the {what} is not sealed")
    return status.st_size


def _shape(fourcc, width, height, plane):
    """Bytes of a row, and rows, of a plane; None where the format has no such plane."""
    half, low = (width + 1) // 2, (height + 1) // 2
    code = fourcc.to_bytes(4, "little")
    planes = {
        b"YU12": [(width, height), (half, low), (half, low)],
        b"422P": [(width, height), (half, height), (half, height)],
        b"NV12": [(width, height), (half * 2, low)],
        b"YUYV": [(half * 4, height)], b"UYVY": [(half * 4, height)],
        b"AR24": [(width * 4, height)], b"AB24": [(width * 4, height)],
        b"RGB3": [(width * 3, height)], b"BGR3": [(width * 3, height)], b"GREY": [(width, height)],
    }.get(code, [])
    return planes[plane] if plane < len(planes) else None


def _format(numbers, frame_size):
    """Checks the twelve words of a format and names them."""
    fourcc, width, height, planes = numbers[:4]
    offsets, strides, (matrix, colour_range) = numbers[4:7], numbers[7:10], numbers[10:12]
    if not (1 <= width <= 16384 and 1 <= height <= 16384 and 1 <= matrix <= 2 and 1 <= colour_range <= 2):
        raise QueueError("the format is impossible")
    shapes = [_shape(fourcc, width, height, plane) for plane in range(3)]
    if planes == 0 or planes != sum(shape is not None for shape in shapes):
        raise QueueError("the format is impossible")
    for shape, offset, stride in zip(shapes, offsets, strides):
        if shape is None:
            fits = offset == 0 and stride == 0
        else:
            fits = shape[0] <= stride <= frame_size and offset + stride * (shape[1] - 1) + shape[0] <= frame_size
        if not fits:
            raise QueueError("a plane does not lie in its frame")
    return Format(fourcc, width, height, planes, offsets, strides, matrix, colour_range)


class Frame:
    """A frame that is leased from a queue."""

    def __init__(self, queue, word, sequence, slot, times, flags, layout):
        self._queue, self._word = queue, word
        self.sequence, self.slot, self.flags, self.format = sequence, slot, flags, layout
        self.capture_time, self.presentation_time = times

    def plane(self, plane):
        """A plane's bytes, read-only, gaps between its rows included. Valid until the frame is released."""
        row, rows = _shape(self.format.fourcc, self.format.width, self.format.height, plane)
        start = self._queue._slot_offset(self.slot) + self.format.offsets[plane]
        return self._queue._bytes[start:start + self.format.strides[plane] * (rows - 1) + row]

    def array(self, plane=0):
        """A plane as a numpy array of its rows, without a copy and without the gaps. Valid until the frame is released."""
        import numpy
        row, rows = _shape(self.format.fourcc, self.format.width, self.format.height, plane)
        flat = numpy.frombuffer(self.plane(plane), numpy.uint8)
        return numpy.lib.stride_tricks.as_strided(flat, (rows, row), (self.format.strides[plane], 1), writeable=False)

    def release(self):
        """Gives the frame back: True when what was read from it was whole."""
        return self._queue._release(self)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._word is not None:
            self.release()


class Queue:
    """A connection to a camera. Not for use by two threads at once."""

    def __init__(self, connection):
        self._socket = connection
        self._map = self._control = None
        self.last = 0

    def _attach(self, memory, control):
        size = _check_file(memory, "queue's memory", _SEAL | _SHRINK | _GROW | _FUTURE_WRITE)
        if not mmap.PAGESIZE <= size <= MAX_FIRST_SLOT + MAX_SLOTS * MAX_SLOT_SIZE:
            raise QueueError("the queue's memory has an impossible size")
        if _check_file(control, "control page", _SEAL | _SHRINK | _GROW) != mmap.PAGESIZE:
            raise QueueError("the control page has an impossible size")
        self._detach()
        self._map = mmap.mmap(memory, size, mmap.MAP_SHARED, mmap.PROT_READ)
        self._bytes = memoryview(self._map)
        self._map.madvise(_POPULATE_READ, 0, mmap.PAGESIZE)
        (magic, version, header_size, total, self._slot_size, self._first, self.slot_count, slot_header, self.generation, self.producer_pid,
         self._frame_size, *rest) = _HEADER.unpack(bytes(self._bytes[:_HEADER.size]))
        page = mmap.PAGESIZE
        if magic != QUEUE_MAGIC or version != VERSION or header_size != _HEADER_SIZE or slot_header != _SLOT_SIZE:
            raise QueueError("the memory is no camfx queue of version 1")
        if (not 3 <= self.slot_count <= MAX_SLOTS or not 0 < self._slot_size <= MAX_SLOT_SIZE + page or self._slot_size % page
                or not _HEADER_SIZE + self.slot_count * _SLOT_SIZE <= self._first <= MAX_FIRST_SLOT or self._first % page
                or not total == size == self._first + self.slot_count * self._slot_size or not 0 < self._frame_size <= self._slot_size
                or not 0 < rest[12] < 2**31 or not 0 < rest[13] < 2**31):
            raise QueueError("the queue's header is impossible")
        self.format = _format(tuple(rest[:12]), self._frame_size)
        self.frame_rate = (rest[12], rest[13])
        self._map.madvise(_POPULATE_READ, 0, self._first)
        self._control = mmap.mmap(control, page, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)
        magic, version, self.share, generation = _CONTROL.unpack(self._control[:_CONTROL.size])
        if magic != CONTROL_MAGIC or version != VERSION or self.share > MAX_SHARE or generation != self.generation:
            raise QueueError("the control page belongs to no queue like this")
        # Views of whole words: each access is one load or store of the machine, which slices of bytes need not be.
        whole = len(self._bytes) // 8 * 8
        self._words64, self._words32 = self._bytes[:whole].cast("Q"), self._bytes[:whole].cast("I")
        control_bytes = memoryview(self._control)
        self._leases = control_bytes[_LEASES:_LEASES + MAX_SHARE * 8].cast("Q")
        self._waiting = control_bytes[_WAITING:_WAITING + 4].cast("I")
        self._held, self._populated, self.last = [0] * self.share, set(), 0

    def _detach(self):
        # Views of frames that somebody still holds keep the mapping; it goes with the last of them.
        self._map = self._control = self._bytes = self._words64 = self._words32 = self._leases = self._waiting = None

    def _slot_offset(self, slot):
        return self._first + slot * self._slot_size

    def _sequence(self, slot):
        return self._words64[(_HEADER_SIZE + slot * _SLOT_SIZE) // 8]

    @property
    def newest(self):
        """Sequence of the newest frame; 0 before the first."""
        return self._words64[_NEWEST // 8] >> 8

    @property
    def state(self):
        """LIVE, ENDED or SUPERSEDED."""
        return self._words32[_STATE // 4]

    def acquire(self):
        """Leases the newest frame if it is later than the last one; None when there is none or the share is used up."""
        for _ in range(ATTEMPTS):
            word = self._words64[_NEWEST // 8]
            sequence, slot = word >> 8, word & 0xFF
            if sequence <= self.last or 0 not in self._held:
                return None
            if slot >= self.slot_count:
                raise QueueError("the newest frame is in an impossible slot")
            index = self._held.index(0)
            self._held[index] = self._leases[index] = word
            _fence()  # Dekker: the lease is visible before the sequence is read
            try:
                if self._sequence(slot) == sequence:
                    frame = self._read(index, sequence, slot)
                    if self._sequence(slot) == sequence:
                        self.last = sequence
                        return frame
            except BaseException:
                self._clear(index)
                raise
            self._clear(index)
        return None

    def _read(self, index, sequence, slot):
        start = _HEADER_SIZE + slot * _SLOT_SIZE
        _, capture, presentation, flags, used, *numbers = _SLOT.unpack(bytes(self._bytes[start:start + _SLOT.size]))
        layout = _format(tuple(numbers), self._frame_size)
        if layout[:3] != self.format[:3] or used > self._slot_size:
            raise QueueError("the frame's description is impossible")
        if slot not in self._populated:
            self._map.madvise(_POPULATE_READ, self._slot_offset(slot), self._slot_size)
            self._populated.add(slot)
        return Frame(self, index, sequence, slot, (capture, presentation), flags, layout)

    def _clear(self, index):
        self._held[index] = self._leases[index] = 0
        _fence()  # the word is empty before the newest frame is read again

    def _release(self, frame):
        if frame._word is None:
            raise QueueError("the frame is not held")
        _fence()  # the pixels are read before the sequence
        whole = self._sequence(frame.slot) == frame.sequence
        self._clear(frame._word)
        frame._word = None
        return whole

    def _receive(self):
        """Takes one message; True when it brought a queue."""
        data, fds, _, _ = socket.recv_fds(self._socket, 512, 2, socket.MSG_DONTWAIT if self._map else 0)
        try:
            if not data:
                raise QueueError("the producer hung up")
            kind = int.from_bytes(data[:4], "little")
            if kind == 3 and len(data) >= _REFUSED.size:
                *_, length, text = _REFUSED.unpack(data[:_REFUSED.size])
                raise QueueError("the camera refuses: " + text[:min(length, 240)].decode("utf-8", "replace"))
            if kind == 2 and len(data) >= _WELCOME.size and len(fds) == 2:
                self._attach(*fds)
                return True
            if kind != 4:
                raise QueueError("the producer sent something that is no message")
            return False
        finally:
            for fd in fds:
                os.close(fd)

    def wait(self, after=None, timeout=None):
        """Sleeps until there is a frame after a sequence (the last one acquired): True; False when the time is over.

        Raises QueueError when the producer is gone. A new queue (its size changed) starts at sequence 0; release every frame before.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            after_now = self.last if after is None else after
            self._waiting[0] = 2
            _fence()  # Dekker: the flag is visible before the last look
            try:
                if self.newest > after_now:
                    return True
                if self.state == ENDED:
                    raise QueueError("the producer closed the queue")
                left = None if deadline is None else max(0.0, deadline - time.monotonic())
                if not select.select([self._socket], [], [], left)[0]:
                    return False
                if self._receive():
                    after = None
            finally:
                self._waiting[0] = 0

    def frames(self, timeout=None):
        """Yields each frame that is the newest when it is asked for, until the producer is gone or no frame comes for `timeout` seconds."""
        while self.wait(timeout=timeout):
            frame = self.acquire()
            if frame is not None:
                yield frame

    def close(self):
        """Hangs up; the producer takes the leases back."""
        self._detach()
        self._socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def connect(name, fourcc=None, leases=2):
    """Connects to a camera by its name, or by its socket's path when the name has a slash."""
    path = name if "/" in name else os.path.join(os.environ.get("XDG_RUNTIME_DIR", ""), "camfx", "queues", name)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    queue = Queue(connection)
    try:
        connection.connect(path)
        peer = struct.unpack("iII", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        if peer[1] != os.geteuid():
            raise QueueError("the camera belongs to another user")
        wanted = int.from_bytes(fourcc.encode("ascii"), "little") if fourcc else 0
        connection.send(_HELLO.pack(1, VERSION, QUEUE_MAGIC, wanted, leases, 0))
        if not queue._receive():
            raise QueueError("the producer gave no queue")
        return queue
    except (FileNotFoundError, ConnectionRefusedError):
        connection.close()
        raise QueueError(f"no camera offers a queue at '{path}'") from None
    except BaseException:
        queue.close()
        raise
