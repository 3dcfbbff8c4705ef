"""V4L2 nodes, asked with ioctls of our own: what a node says, and the frames a reader gets."""
import errno
import fcntl
import mmap
import os
import pathlib
import select
import struct
from collections import namedtuple

CAPTURE, OUTPUT = 1, 2
CAP_CAPTURE, CAP_OUTPUT, CAP_STREAMING, CAP_DEVICE = 1, 2, 0x04000000, 0x80000000
MMAP, ERROR_FLAG, NONBLOCK = 1, 0x40, os.O_NONBLOCK
DISCRETE = 1

Capability = namedtuple("Capability", "driver card bus caps")
Format = namedtuple("Format", "fourcc width height stride size")
Frame = namedtuple("Frame", "data sequence time flags")


def _code(direction, number, size):
    return direction << 30 | size << 16 | ord("V") << 8 | number


_READ, _WRITE = 2, 1
QUERYCAP = _code(_READ, 0, 104)
ENUM_FMT, G_FMT, S_FMT = _code(3, 2, 64), _code(3, 4, 208), _code(3, 5, 208)
REQBUFS, QUERYBUF, QBUF, DQBUF = _code(3, 8, 20), _code(3, 9, 88), _code(3, 15, 88), _code(3, 17, 88)
STREAMON, STREAMOFF = _code(_WRITE, 18, 4), _code(_WRITE, 19, 4)
ENUM_FRAMESIZES, ENUM_FRAMEINTERVALS = _code(3, 74, 44), _code(3, 75, 52)
_BUFFER = struct.Struct("=IIIII4xqq16xIIQII8x")    # the union of addresses as one 64-bit word


def fourcc(code):
    return code.to_bytes(4, "little").decode("ascii", "replace")


def _text(raw):
    return raw.split(b"\0")[0].decode("utf-8", "replace")


class Node:
    """An open node."""

    def __init__(self, path, flags=os.O_RDWR | NONBLOCK):
        self.path, self.fd = path, os.open(path, flags | os.O_CLOEXEC)
        self._maps = []

    def ioctl(self, request, argument):
        fcntl.ioctl(self.fd, request, argument, True)
        return argument

    def capability(self):
        raw = self.ioctl(QUERYCAP, bytearray(104))
        driver, card, bus, _, caps, device = struct.unpack_from("=16s32s32sIII", raw)
        return Capability(_text(driver), _text(card), _text(bus), device if caps & CAP_DEVICE else caps)

    def _enumerate(self, request, size, fill, read):
        found = []
        while True:
            raw = bytearray(size)
            fill(raw, len(found))
            try:
                self.ioctl(request, raw)
            except OSError as error:
                if error.errno == errno.EINVAL:
                    return found
                raise
            found.append(read(raw))

    def formats(self, kind=CAPTURE):
        return self._enumerate(ENUM_FMT, 64, lambda raw, index: struct.pack_into("=II", raw, 0, index, kind),
                               lambda raw: fourcc(struct.unpack_from("=I", raw, 44)[0]))

    def sizes(self, code):
        """(type, width, height) of each size; for a range, those of its smallest."""
        number = int.from_bytes(code.encode(), "little")
        return self._enumerate(ENUM_FRAMESIZES, 44, lambda raw, index: struct.pack_into("=II", raw, 0, index, number),
                               lambda raw: struct.unpack_from("=III", raw, 8))

    def intervals(self, code, width, height):
        """(type, numerator, denominator) of each interval."""
        number = int.from_bytes(code.encode(), "little")
        return self._enumerate(ENUM_FRAMEINTERVALS, 52, lambda raw, index: struct.pack_into("=IIII", raw, 0, index, number, width, height),
                               lambda raw: struct.unpack_from("=III", raw, 16))

    def format(self, kind=CAPTURE):
        raw = bytearray(208)
        struct.pack_into("=I", raw, 0, kind)
        width, height, code, _, stride, size = struct.unpack_from("=IIIIII", self.ioctl(G_FMT, raw), 8)
        return Format(fourcc(code), width, height, stride, size)

    def start(self, buffers=4):
        """Asks for buffers, queues them and streams. EBUSY: somebody else does."""
        raw = bytearray(20)
        struct.pack_into("=III", raw, 0, buffers, CAPTURE, MMAP)
        count = struct.unpack_from("=I", self.ioctl(REQBUFS, raw))[0]
        for index in range(count):
            raw = self._buffer(QUERYBUF, index)
            values = _BUFFER.unpack(raw)
            self._maps.append(mmap.mmap(self.fd, values[10], mmap.MAP_SHARED, mmap.PROT_READ, offset=values[9] & 0xFFFFFFFF))
            self._buffer(QBUF, index)
        self.ioctl(STREAMON, bytearray(struct.pack("=I", CAPTURE)))
        return count

    def _buffer(self, request, index=0):
        raw = bytearray(_BUFFER.pack(index, CAPTURE, 0, 0, 0, 0, 0, 0, MMAP, 0, 0, 0))
        return self.ioctl(request, raw)

    def take(self, seconds=120):
        """The number of the buffer with the next frame, and the frame, copied out; AssertionError when none comes. The buffer stays ours."""
        waiter = select.poll()
        waiter.register(self.fd, select.POLLIN)
        while True:
            if not waiter.poll(seconds * 1000):
                raise AssertionError(f"{self.path} gave no frame within {seconds} s")
            try:
                values = _BUFFER.unpack(self._buffer(DQBUF))
            except BlockingIOError:
                continue
            index, _, used, flags, _, second, micro, sequence = values[:8]
            return index, Frame(self._maps[index][:used], sequence, second * 1_000_000 + micro, flags)

    def look(self, index):
        """What is in a buffer now, whoever has it."""
        return self._maps[index][:]

    def give(self, index):
        """Gives a buffer back."""
        self._buffer(QBUF, index)

    def frame(self, seconds=120):
        """The next frame, copied out; AssertionError when none comes."""
        index, frame = self.take(seconds)
        self.give(index)
        return frame

    def close(self):
        for mapped in self._maps:
            mapped.close()
        self._maps = []
        os.close(self.fd)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def nodes():
    """Every video node there is, lowest number first."""
    return sorted((str(path) for path in pathlib.Path("/dev").glob("video*")), key=lambda path: int(path.removeprefix("/dev/video")))


def ask(path, what=Node.capability):
    """Opens the node as an app that looks around does, read-only, and asks it one thing."""
    with Node(path, os.O_RDONLY) as node:
        return what(node)


def chromium_lists(path):
    """What Chromium wants before it lists a node: capture and not output, and a format with a discrete size. Returns those, or the reason."""
    with Node(path, os.O_RDONLY) as node:
        caps = node.capability().caps
        if not caps & CAP_CAPTURE or caps & CAP_OUTPUT:
            return f"its capabilities are {caps:#x}"
        found = [(code, *size[1:]) for code in node.formats() for size in node.sizes(code) if size[0] == DISCRETE]
        return found or "it has no discrete size"


