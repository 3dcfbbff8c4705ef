# SPDX-License-Identifier: MIT
"""Read a camfx camera's frames from Python, or be the source of one, without a copy.

Standard library only; `array()` needs numpy. Protocol version 1, specified in docs/frame-queue.md; the names of its steps are the same there.

    import camfx_queue
    with camfx_queue.connect("camfx") as queue:
        for frame in queue.frames():
            with frame:
                print(frame.sequence, frame.plane(0)[0])

A frame is leased until its `with` block ends. `frame.release()` tells whether it was whole: False means it was held too long (500 ms) and
its pixels may be torn.

    with camfx_queue.produce("hello", 640, 360, fps=30) as producer:
        while True:
            with producer.frame() as picture:
                picture.plane(0)[:640] = bytes(640)
            producer.pace()

`camfx run --source queue:hello` shows what is drawn.
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
from fractions import Fraction

VERSION = 1
_OTHER_VERSION = "one of the two programs is of another version of camfx; restart camfx"
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
_HEADER_SIZE, _SLOT_SIZE, _NEWEST, _WAKE, _STATE, _WAITING, _LEASES = 256, 128, 0x80, 0x88, 0x8C, 0x40, 0x80
_TMPFS = 0x01021994
_SEAL, _SHRINK, _GROW, _FUTURE_WRITE = 1, 2, 4, 16
_F_ADD_SEALS, _F_GET_SEALS = 1033, 1034
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


# x86 makes each store a release; elsewhere it takes a fence before it.
_release_fence = (lambda: None) if os.uname().machine in ("x86_64", "i686") else _fence


def _path(name):
    return name if "/" in name else os.path.join(os.environ.get("XDG_RUNTIME_DIR", ""), "camfx", "queues", name)


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
        if magic == QUEUE_MAGIC and version != VERSION:
            raise QueueError(f"the queue has version {version}, expected {VERSION}: {_OTHER_VERSION}")
        if magic != QUEUE_MAGIC or header_size != _HEADER_SIZE or slot_header != _SLOT_SIZE:
            raise QueueError("the memory is no camfx queue")
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
        if magic == CONTROL_MAGIC and version != VERSION:
            raise QueueError(f"the control page has version {version}, expected {VERSION}: {_OTHER_VERSION}")
        if magic != CONTROL_MAGIC or self.share > MAX_SHARE or generation != self.generation:
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
            if kind == 2 and len(data) >= _WELCOME.size and _WELCOME.unpack(data[:_WELCOME.size])[1] != VERSION:
                raise QueueError(f"the producer speaks another version than {VERSION}: {_OTHER_VERSION}")
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


def connect(name, fourcc=None, leases=2, timeout=5):
    """Connects to a camera by its name, or by its socket's path when the name has a slash. The producer has `timeout` seconds to answer."""
    path = _path(name)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    queue = Queue(connection)
    try:
        connection.settimeout(timeout)
        connection.connect(path)
        peer = struct.unpack("iII", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
        if peer[1] != os.geteuid():
            raise QueueError("the camera belongs to another user")
        wanted = int.from_bytes(fourcc.encode("ascii"), "little") if fourcc else 0
        connection.send(_HELLO.pack(1, VERSION, QUEUE_MAGIC, wanted, leases, 0))
        if not queue._receive():
            raise QueueError("the producer gave no queue")
        connection.settimeout(None)
        return queue
    except socket.timeout:
        queue.close()
        raise QueueError(f"the producer at '{path}' does not answer") from None
    except (FileNotFoundError, ConnectionRefusedError):
        connection.close()
        raise QueueError(f"no camera offers a queue at '{path}'") from None
    except BaseException:
        queue.close()
        raise


# The producer.

_CONNECTIONS, _SOCKET_SHARE, _MAX_LEASES = 64, 2, 62
_LEASE_TIME, _HELLO_TIME, _ACCEPT_PAUSE = 500_000_000, 2_000_000_000, 100_000_000
_FRAME_MESSAGE = struct.Struct("<IIQ")
_FUTEX = {"x86_64": 202, "aarch64": 98}.get(os.uname().machine)
_FUTEX_WAKE = 1
_REVOKED = -1


def _lay_out(fourcc, width, height):
    """Planes without gaps; rows of RGB3 and BGR3 end at a multiple of four bytes. Gives count, offsets, strides, and the bytes of a frame."""
    offsets, strides, used = [0, 0, 0], [0, 0, 0], 0
    planes = [shape for shape in (_shape(fourcc, width, height, plane) for plane in range(3)) if shape]
    for plane, (row, rows) in enumerate(planes):
        if fourcc.to_bytes(4, "little") in (b"RGB3", b"BGR3"):
            row = (row + 3) // 4 * 4
        offsets[plane], strides[plane] = used, row
        used += row * rows
    return len(planes), tuple(offsets), tuple(strides), used


class Picture:
    """A frame that is being drawn. Times (CLOCK_MONOTONIC ns), flags, matrix and range may be changed until it is published."""

    def __init__(self, producer, slot):
        self._producer, self.slot, self.flags = producer, slot, 0
        self.format, self.matrix, self.range = producer.format, producer.format.matrix, producer.format.range
        self.capture_time = self.presentation_time = time.monotonic_ns()

    def plane(self, plane):
        """A plane's bytes, to be written, gaps between its rows included. Not to be touched once the frame is published."""
        row, rows = _shape(self.format.fourcc, self.format.width, self.format.height, plane)
        start = self._producer._slot_offset(self.slot) + self.format.offsets[plane]
        return self._producer._bytes[start:start + self.format.strides[plane] * (rows - 1) + row]

    def array(self, plane=0):
        """A plane as a numpy array of its rows, to be written, without the gaps. Not to be touched once the frame is published."""
        import numpy
        row, rows = _shape(self.format.fourcc, self.format.width, self.format.height, plane)
        flat = numpy.frombuffer(self.plane(plane), numpy.uint8)
        return numpy.lib.stride_tricks.as_strided(flat, (rows, row), (self.format.strides[plane], 1))


class _Consumer:
    """A consumer as its producer sees it."""

    def __init__(self, connection, now):
        self.socket, self.hello_by, self.greeted = connection, now + _HELLO_TIME, False
        self.fourcc = self.wanted = 0
        self.forget()

    def forget(self):
        self.share, self.page, self.words, self.waiting = 0, None, None, None

    def attach(self, control, share):
        self.page = mmap.mmap(control, mmap.PAGESIZE, mmap.MAP_SHARED, mmap.PROT_READ)
        view = memoryview(self.page)
        self.words = view[_LEASES:_LEASES + MAX_SHARE * 8].cast("Q")
        self.waiting = view[_WAITING:_WAITING + 4].cast("I")
        self.share, self.seen, self.since, self.spent = share, [0] * share, [0] * share, set()
        self.greeted, self.hello_by = True, None


class Producer:
    """A queue and its socket. Not for use by two threads at once.

    There is no thread behind it: consumers are let in, and the leases of the dead taken back, inside frame(), poll() and pace(). A program that
    sleeps between its frames sleeps in one of the last two, so that nobody waits for it at the door.
    """

    def __init__(self, path, width, height, fps, fourcc, leases, matrix, colour_range):
        self.path, self.generation, self._last_time, self._consumers, self._accept_from, self._next = path, 0, 0, [], 0, None
        self.revoked = self.contended = 0
        self._make_memory(width, height, fps, fourcc, leases, matrix, colour_range)
        self._listener = _listen(path)

    def _make_memory(self, width, height, fps, fourcc, leases, matrix, colour_range):
        code = int.from_bytes(fourcc.encode("ascii"), "little") if isinstance(fourcc, str) else fourcc
        rate = Fraction(*fps) if isinstance(fps, tuple) else Fraction(fps).limit_denominator(1001)
        if not (1 <= width <= 16384 and 1 <= height <= 16384 and 1 <= leases <= _MAX_LEASES and 0 < rate):
            raise QueueError(f"a queue cannot carry {width}x{height} at {fps} frames a second with {leases} leases")
        count, offsets, strides, used = _lay_out(code, width, height)
        if not 0 < used <= MAX_SLOT_SIZE:
            raise QueueError(f"a queue cannot carry frames of {width}x{height} '{fourcc}'")
        page, slots = mmap.PAGESIZE, leases + 2
        slot_size = (used + page - 1) // page * page
        first = (_HEADER_SIZE + slots * _SLOT_SIZE + page - 1) // page * page
        layout = (code, width, height, count, *offsets, *strides, matrix, colour_range)
        self.format = _format(layout, used)
        memory = os.memfd_create("camfx-queue", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            total = first + slots * slot_size
            os.ftruncate(memory, total)
            # Mapped writable before it is sealed: nobody else can ever map it so.
            self._map = mmap.mmap(memory, total, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)
            fcntl.fcntl(memory, _F_ADD_SEALS, _SHRINK | _GROW | _FUTURE_WRITE | _SEAL)
        except BaseException:
            os.close(memory)
            raise
        self.generation += 1
        self._map[:_HEADER.size] = _HEADER.pack(QUEUE_MAGIC, VERSION, _HEADER_SIZE, total, slot_size, first, slots, _SLOT_SIZE, self.generation,
                                                os.getpid(), used, *layout, rate.numerator, rate.denominator)
        for slot in range(slots):
            start = _HEADER_SIZE + slot * _SLOT_SIZE
            self._map[start:start + _SLOT.size] = _SLOT.pack(0, 0, 0, 0, 0, *layout)
        self._memory, self._used, self._slot_size, self._first, self._slots, self._leases = memory, used, slot_size, first, slots, leases
        self._bytes = memoryview(self._map)
        self._words64, self._words32 = self._bytes.cast("Q"), self._bytes.cast("I")
        self._wake_word = ctypes.c_uint32.from_buffer(self._map, _WAKE)
        self._words32[_STATE // 4] = LIVE
        self.frame_rate = (rate.numerator, rate.denominator)
        self._interval = 1_000_000_000 * rate.denominator // rate.numerator
        self._granted, self._wake, self.sequence, self._newest, self._begun = 0, 0, 0, None, None
        self._sequences = [0] * slots  # what each slot holds: what is in shared memory is never read back

    def _slot_offset(self, slot):
        return self._first + slot * self._slot_size

    def _set_sequence(self, slot, sequence):
        _release_fence()
        self._words64[(_HEADER_SIZE + slot * _SLOT_SIZE) // 8] = sequence

    @property
    def consumers(self):
        """How many consumers there are."""
        return sum(consumer.greeted for consumer in self._consumers)

    def frame(self):
        """A `with` block that draws a frame: published at its end, and given back undrawn when the block raises."""
        return _Drawing(self)

    def begin(self):
        """TryBegin: takes a slot that nobody holds and that is not the newest frame. Never waits."""
        if self._map is None or self._begun is not None:
            raise QueueError("the producer is closed" if self._map is None else "a frame is begun already; publish or abandon it first")
        self.poll()
        held = self._scan_leases()
        taken = held | {self._newest}
        preferred = len(held) + 3
        # Each candidate that is lost was taken by a lease word that cannot take another one, so the loop ends with a slot.
        while True:
            free = [slot for slot in range(self._slots) if slot not in taken]
            slot = min([slot for slot in free if slot < preferred] or free, key=self._sequences.__getitem__)
            self._set_sequence(slot, 0)  # MarkWriting
            _fence()  # Dekker: the mark is visible before the leases are read again, and before the pixels
            if not self._is_leased_now(slot):
                break
            self._set_sequence(slot, self._sequences[slot])  # Restore: nothing was drawn since the mark
            taken.add(slot)
            preferred += 1
        self._sequences[slot], self._begun = 0, slot
        return Picture(self, slot)

    def publish(self, picture):
        """Makes the picture the newest frame, and wakes who waits for one. Returns its sequence."""
        if self._begun is None or picture.slot != self._begun:
            raise QueueError("this frame is not begun")
        slot, self._begun = self._begun, None
        self.sequence += 1
        self._last_time = max(self._last_time, picture.presentation_time)  # it never decreases
        layout = self.format
        start = _HEADER_SIZE + slot * _SLOT_SIZE + 8
        self._map[start:start + _SLOT.size - 8] = _SLOT.pack(
            0, picture.capture_time, self._last_time, picture.flags, self._used, *layout[:4], *layout.offsets, *layout.strides, picture.matrix,
            picture.range)[8:]
        # Release, three times: pixels and fields before the sequence, the sequence before the word that points to it, that before wake.
        self._set_sequence(slot, self.sequence)
        _release_fence()
        self._words64[_NEWEST // 8] = self.sequence << 8 | slot
        self._sequences[slot], self._newest = self.sequence, slot
        self._wake_waiters()
        return self.sequence

    def abandon(self):
        """Gives the begun frame back undrawn, or half drawn: nobody will see it."""
        self._begun = None

    def poll(self, timeout=0):
        """Serves the socket for so many seconds and sleeps meanwhile; with 0 it looks once. Returns how many consumers there are."""
        until = time.monotonic_ns() + int(timeout * 1_000_000_000)
        while True:
            now = time.monotonic_ns()
            wakes = [until] + [consumer.hello_by for consumer in self._consumers if consumer.hello_by]
            waiter = select.poll()
            for consumer in self._consumers:
                waiter.register(consumer.socket, select.POLLIN)
            if len(self._consumers) < _CONNECTIONS and self._accept_from <= now:
                waiter.register(self._listener, select.POLLIN)
            elif self._accept_from > now:
                wakes.append(self._accept_from)
            ready = {fd for fd, _ in waiter.poll(max(0, -(-(min(wakes) - now) // 1_000_000)))}
            now = time.monotonic_ns()
            for consumer in list(self._consumers):
                if consumer.socket.fileno() in ready and not self._hear(consumer) or consumer.hello_by and now >= consumer.hello_by:
                    self._drop(consumer)
            if self._listener.fileno() in ready:
                self._accept(now)
            if now >= until:
                return self.consumers

    def pace(self):
        """Sleeps until the next frame is due, serving the socket. Frames that are over are left out, never made up for in a burst."""
        now = time.monotonic_ns()
        self._next = now if self._next is None else self._next
        self._next += self._interval
        if self._next < now:
            self._next = now
        return self.poll((self._next - now) / 1_000_000_000)

    def change(self, width, height, fps=None, format=None, leases=None, matrix=None, colour_range=None):
        """Goes on with frames of another size, format or rate: a queue of a later generation, to which every consumer is moved."""
        if self._begun is not None:
            raise QueueError("a frame is begun; publish or abandon it first")
        memory, words32, wake, wake_word, = self._memory, self._words32, self._wake, self._wake_word
        old = self.format
        self._make_memory(width, height, fps or self.frame_rate, format or old.fourcc, leases or self._leases, matrix or old.matrix,
                          colour_range or old.range)
        os.close(memory)
        for consumer in [consumer for consumer in self._consumers if consumer.greeted]:
            consumer.forget()
            if consumer.fourcc not in (0, self.format.fourcc) or not self._welcome(consumer):
                self._drop(consumer)
        _release_fence()
        words32[_STATE // 4], words32[_WAKE // 4] = SUPERSEDED, (wake + 1) & 0xFFFFFFFF
        self._futex_wake(wake_word)  # the others have their WELCOME

    def close(self):
        """Tells the consumers that no frame will come, and gives the name free."""
        if self._map is None:
            return
        self._words32[_STATE // 4] = ENDED
        self._wake_waiters()
        # The path goes first: who finds the socket gone knows that nobody serves it.
        os.unlink(self.path)
        self._listener.close()
        for consumer in list(self._consumers):
            self._drop(consumer)
        os.close(self._memory)
        # Views that somebody still holds keep the mapping; it goes with the last of them.
        self._map = self._bytes = self._words64 = self._words32 = self._wake_word = None

    def _scan_leases(self):
        """EnterConsumers, ScanLeases: reads each lease word once and returns the set of slots they hold."""
        held, now = set(), time.monotonic_ns()
        _fence()
        for consumer in self._consumers:
            if not consumer.greeted:
                continue
            consumer.spent = set()
            for index in range(consumer.share):
                word = consumer.words[index]
                if word != consumer.seen[index]:
                    consumer.seen[index], consumer.since[index] = word, now
                slot, sequence = word & 0xFF, word >> 8
                # A word that does not name the frame its slot holds means nothing.
                if sequence == 0 or slot >= self._slots or self._sequences[slot] != sequence:
                    continue
                consumer.spent.add(index)
                if consumer.since[index] == _REVOKED:
                    continue
                if now - consumer.since[index] > _LEASE_TIME:
                    consumer.since[index] = _REVOKED
                    self.revoked += 1
                    continue
                held.add(slot)
        return held

    def _is_leased_now(self, slot):
        """Whether a word that has not blocked a slot yet holds the slot's frame now. Such a word is then spent."""
        if self._sequences[slot] == 0:
            return False
        for consumer in self._consumers:
            for index in range(consumer.share):
                if index not in consumer.spent and consumer.words[index] == self._sequences[slot] << 8 | slot:
                    consumer.spent.add(index)
                    self.contended += 1
                    return True
        return False

    def _wake_waiters(self):
        self._wake = (self._wake + 1) & 0xFFFFFFFF
        _release_fence()
        self._words32[_WAKE // 4] = self._wake
        _fence()  # Dekker: newest and state are visible before the flags are read
        sleepers = False
        for consumer in self._consumers:
            waiting = consumer.waiting[0] if consumer.waiting else 0
            sleepers = sleepers or waiting == 1
            if waiting == 2:
                try:
                    consumer.socket.send(_FRAME_MESSAGE.pack(4, 0, self.sequence))
                except OSError:
                    pass  # its socket is full, so it has a message to read, or it is gone, and poll() hears of it
        if sleepers:
            self._futex_wake(self._wake_word)

    @staticmethod
    def _futex_wake(word):
        if _FUTEX is not None:
            _libc.syscall(_FUTEX, ctypes.byref(word), _FUTEX_WAKE, 0x7FFFFFFF, None, None, 0)

    def _accept(self, now):
        try:
            connection = self._listener.accept()[0]
        except OSError:
            # The peer left, or descriptors ran out and it still waits: a pause keeps poll from telling so without end.
            self._accept_from = now + _ACCEPT_PAUSE
            return
        connection.setblocking(False)
        if struct.unpack("iII", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[1] != os.geteuid():
            self._refuse(connection, "the producer belongs to another user")
            connection.close()
            return
        self._consumers.append(_Consumer(connection, now))

    @staticmethod
    def _refuse(connection, reason):
        text = reason.encode()
        try:
            connection.send(_REFUSED.pack(3, VERSION, 0, len(text), text))
        except OSError:
            pass  # nobody reads it

    def _hear(self, consumer):
        """Hears what a consumer says; False: the connection is over."""
        try:
            data = consumer.socket.recv(_HELLO.size + 1)
        except BlockingIOError:
            return True
        except OSError:
            return False
        # After its HELLO a consumer has nothing to say: whatever comes then ends the connection, as its death does.
        if len(data) != _HELLO.size or consumer.greeted:
            return False
        kind, version, magic, consumer.fourcc, consumer.wanted, _ = _HELLO.unpack(data)
        if kind != 1 or magic != QUEUE_MAGIC:
            return False
        if version != VERSION:
            self._refuse(consumer.socket, f"this producer speaks version {VERSION} of the frame queue, not {version}: {_OTHER_VERSION}")
            return False
        if consumer.fourcc not in (0, self.format.fourcc):
            self._refuse(consumer.socket, f"this producer has '{self.format.fourcc.to_bytes(4, 'little').decode()}' frames only")
            return False
        return self._welcome(consumer)

    def _welcome(self, consumer):
        """Gives a consumer the queue and a control page, its first or those of the queue that replaces it; False: it cannot have them."""
        share = min(consumer.wanted, _SOCKET_SHARE, self._leases - self._granted)
        control = os.memfd_create("camfx-control", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        try:
            os.ftruncate(control, mmap.PAGESIZE)
            os.pwrite(control, _CONTROL.pack(CONTROL_MAGIC, VERSION, share, self.generation), 0)
            fcntl.fcntl(control, _F_ADD_SEALS, _SHRINK | _GROW | _SEAL)
            message = _WELCOME.pack(2, VERSION, self.generation, share, 0, 0)
            socket.send_fds(consumer.socket, [message], [self._memory, control])
            consumer.attach(control, share)
        except OSError:
            return False
        finally:
            os.close(control)
        self._granted += share
        return True

    def _drop(self, consumer):
        self._consumers.remove(consumer)
        self._granted -= consumer.share
        consumer.socket.close()
        consumer.forget()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class _Drawing:
    """The `with` block of Producer.frame."""

    def __init__(self, producer):
        self._producer = producer

    def __enter__(self):
        self._picture = self._producer.begin()
        return self._picture

    def __exit__(self, kind, *_):
        if kind is None:
            self._producer.publish(self._picture)
        else:
            self._producer.abandon()


def _listen(path):
    """Binds under another name, listens, and renames to the path: who finds the path can connect. A lock on the folder makes the look for a
    living producer and the rename one step."""
    folder = os.path.dirname(path)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    lock = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    listener = None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if os.path.lexists(path) and not _is_left_behind(path):
            raise QueueError(f"another program has a queue at '{path}'; end it or take another name")
        temporary = os.path.join(folder, f".{os.urandom(4).hex()}")
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET | socket.SOCK_NONBLOCK)
        os.fchmod(listener.fileno(), 0o700)  # Linux makes the file with the mode of the socket
        listener.bind(temporary)
        try:
            listener.listen(_CONNECTIONS)
            os.rename(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
        return listener
    except BaseException:
        if listener is not None:
            listener.close()
        raise
    finally:
        os.close(lock)


def _is_left_behind(path):
    """Whether nobody has the socket open. A listener whose backlog is full says EAGAIN; only "refused" tells."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET | socket.SOCK_NONBLOCK) as probe:
        try:
            probe.connect(path)
        except ConnectionRefusedError:
            return stat.S_ISSOCK(os.lstat(path).st_mode)
        except OSError:
            pass
    return False


def produce(name, width, height, fps=30, format="YU12", leases=6, matrix=1, colour_range=1):
    """Becomes a producer by name, or at the path of a socket when the name has a slash.

    fps: a number, or (numerator, denominator). leases: frames all consumers together may hold; the queue has two slots more. matrix: 1 BT.601,
    2 BT.709. colour_range: 1 limited, 2 full. Raises QueueError when the name is taken or the frames cannot be.
    """
    if "/" not in name:
        if not 1 <= len(name.encode()) <= 31 or name.startswith("."):
            raise QueueError(f"'{name}' is no queue's name: 1 to 31 bytes, no '/', no '.' at the start")
        if not os.environ.get("XDG_RUNTIME_DIR"):
            raise QueueError("there is no place for the queue's socket: set XDG_RUNTIME_DIR")
    return Producer(os.path.abspath(_path(name)), width, height, fps, format, leases, matrix, colour_range)


def produce_like(name, queue, leases=6):
    """As produce(), with frames of the same format, size and rate as those of a queue: for a layer between two queues."""
    layout = queue.format
    return produce(name, layout.width, layout.height, queue.frame_rate, layout.fourcc, leases, layout.matrix, layout.range)
