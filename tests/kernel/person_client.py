"""The process behind person.Person: takes one JSON request a line, asks the helper, answers with one line."""
import ctypes
import fcntl
import json
import mmap
import os
import pathlib
import socket
import struct
import sys
import tempfile
import threading

import dbus

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "sdk/python"))
import camfx_queue      # noqa: E402
import counter          # noqa: E402

HELPER, DEVICE = "org.camfx.Helper1", "org.camfx.Device1"
PATIENCE = 60


def variant(value):
    if isinstance(value, bool):
        return dbus.Boolean(value, variant_level=1)
    if isinstance(value, int):
        return dbus.UInt32(value, variant_level=1)
    if isinstance(value, float):
        return dbus.Double(value, variant_level=1)
    return dbus.String(value, variant_level=1)


def options_of(options):
    return dbus.Dictionary({name: variant(value) for name, value in options.items()}, signature="sv")


def plain(value):
    """A value from the bus as JSON has it."""
    if isinstance(value, dbus.Boolean):
        return bool(value)
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    if isinstance(value, str):
        return str(value)
    return float(value) if isinstance(value, float) else int(value)


def make_dmabuf(driver, request):
    """UDMABUF_CREATE; fcntl.ioctl gives the filled-in structure back, and here the result is wanted: the dma-buf."""
    result = camfx_queue._libc.ioctl(driver.fileno(), ctypes.c_ulong(0x40187542), request)
    if result < 0:
        raise OSError(ctypes.get_errno(), "UDMABUF_CREATE")
    return result


class ExportingProducer(camfx_queue.Producer):
    """A producer that has a dma-buf for each slot, as camfx's session has: they are made before the last seal, which forbids it."""

    def _make_memory(self, *arguments):
        self.dmabufs = []
        leases, plain_fcntl = arguments[4], fcntl.fcntl

        def seal(descriptor, command, seals):
            if command == camfx_queue._F_ADD_SEALS:
                plain_fcntl(descriptor, command, camfx_queue._SHRINK | camfx_queue._GROW)
                slots, total = leases + 2, os.fstat(descriptor).st_size
                first = -(-(camfx_queue._HEADER_SIZE + slots * camfx_queue._SLOT_SIZE) // mmap.PAGESIZE) * mmap.PAGESIZE
                size = (total - first) // slots
                with open("/dev/udmabuf", "rb") as driver:
                    self.dmabufs = [make_dmabuf(driver, struct.pack("=IIQQ", descriptor, 1, first + slot * size, size)) for slot in range(slots)]
            return plain_fcntl(descriptor, command, seals)

        fcntl.fcntl = seal
        try:
            super()._make_memory(*arguments)
        finally:
            fcntl.fcntl = plain_fcntl


class Source:
    """A queue that shows test:counter, and a consumer of it whose descriptors are passed on."""

    def __init__(self, width, height, fps, share, dmabufs=False):
        self.folder = tempfile.TemporaryDirectory()
        path = os.path.join(self.folder.name, "queue")
        producer = ExportingProducer if dmabufs else camfx_queue.Producer
        self.producer = producer(path, width, height, fps, "YUYV", share, 1, 1)
        self.dmabufs = self.producer.dmabufs if dmabufs else []
        self.width, self.height = width, height
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        connection.connect(path)
        connection.send(struct.pack("<IIQIIQ", 1, camfx_queue.VERSION, camfx_queue.QUEUE_MAGIC, 0, share, 0))
        while self.producer.poll(0.02) == 0:
            pass
        _, self.fds, _, _ = socket.recv_fds(connection, 512, 2)
        self.connection = connection        # as long as it is open the consumer lives
        threading.Thread(target=self._produce, daemon=True).start()

    def _produce(self):
        colours, number = {}, 0
        while True:
            with self.producer.frame() as picture:
                plane = picture.plane(0)
                if colours.get(picture.slot) != number // 30:
                    counter.fill(plane, self.width, self.height, number // 30)
                    colours[picture.slot] = number // 30
                counter.draw(plane, self.width, number)
            number += 1
            self.producer.pace()


class Client:
    def __init__(self):
        self.bus = dbus.SystemBus(private=True)
        self.sources = {}

    def call(self, path, interface, method, signature, *arguments):
        answer = self.bus.call_blocking(HELPER, path, interface, method, signature, arguments, timeout=PATIENCE)
        return 0 if answer is None else plain(answer)

    @staticmethod
    def do_pid():
        return os.getpid()

    def do_create(self, label, options):
        return self.call("/org/camfx/Helper1", HELPER, "CreateDevice", "sa{sv}", label, options_of(options))

    def do_call(self, path, method):
        self.sources.pop(path, None) if method == "Detach" else None
        return self.call(path, DEVICE, method, "")

    def do_get(self, path, interface, name):
        return self.call(path, "org.freedesktop.DBus.Properties", "Get", "ss", interface, name)

    def do_devices(self):
        objects = self.call("/org/camfx/Helper1", "org.freedesktop.DBus.ObjectManager", "GetManagedObjects", "")
        return {path: interfaces[DEVICE] for path, interfaces in (objects or {}).items() if DEVICE in interfaces}

    def attach(self, path, queue, control, options, dmabufs=()):
        return self.call(path, DEVICE, "Attach", "hhaha{sv}", dbus.types.UnixFd(queue), dbus.types.UnixFd(control),
                         dbus.Array([dbus.types.UnixFd(descriptor) for descriptor in dmabufs], signature="h"), options_of(options))

    def do_attach(self, path, width, height, fps, share, dmabufs, options):
        source = Source(width, height, fps, share, dmabufs)
        self.attach(path, *source.fds, options, source.dmabufs)
        self.sources[path] = source
        return 0

    def do_attach_hostile(self, path, kind, width, height):
        source = Source(width, height, 30, 2)
        queue, control = HOSTILE[kind](source)
        self.sources[path] = source, queue, control
        self.attach(path, queue, control, {})
        return 0


def memfd(size, content=b"", seals=camfx_queue._SEAL | camfx_queue._SHRINK | camfx_queue._GROW | camfx_queue._FUTURE_WRITE, flags=0):
    descriptor = os.memfd_create("hostile", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING | flags)
    os.ftruncate(descriptor, size)
    if content:
        os.pwrite(descriptor, content, 0)
    if seals:
        fcntl.fcntl(descriptor, camfx_queue._F_ADD_SEALS, seals)
    return descriptor


def _header(source):
    return bytearray(os.pread(source.fds[0], source.producer._first, 0))


def _forged(offset, form, value, size=None):
    """A queue whose header has another value at an offset."""
    def make(source):
        header = _header(source)
        struct.pack_into(form, header, offset, value)
        return memfd(size or os.fstat(source.fds[0]).st_size, bytes(header)), source.fds[1]
    return make


def _changing(source):
    """A queue that was good when it was attached, and then says something impossible in its slots while it goes on."""
    def spoil():
        producer = source.producer
        while True:
            for slot in range(producer._slots):
                struct.pack_into("<4I", producer._map, camfx_queue._HEADER_SIZE + slot * camfx_queue._SLOT_SIZE + 0x20, 0x56595559, 8192, 8192, 1)
            producer._words64[camfx_queue._NEWEST // 8] = (producer.sequence + 1000) << 8 | 0xFE
            producer._wake_waiters()
    threading.Timer(1, spoil).start()
    return source.fds


HOSTILE = {
    "empty": lambda source: (memfd(0), source.fds[1]),
    "zeros": lambda source: (memfd(os.fstat(source.fds[0]).st_size), source.fds[1]),
    "unsealed": lambda source: (memfd(os.fstat(source.fds[0]).st_size, bytes(_header(source)), seals=0), source.fds[1]),
    "short": lambda source: (memfd(mmap.PAGESIZE, bytes(_header(source)[:mmap.PAGESIZE])), source.fds[1]),
    "huge": _forged(0x10, "<Q", 1 << 62),
    "slots": _forged(0x28, "<I", 0xFFFFFFFF),
    "first slot": _forged(0x20, "<Q", 0xFFFFFFFFFFFFF000),
    "wide": _forged(0x44, "<I", 0xFFFFFFFF),
    "stride": _forged(0x5C, "<I", 0xFFFFFFFF),
    "pipe": lambda source: (os.pipe()[0], source.fds[1]),
    "device": lambda source: (os.open("/dev/zero", os.O_RDWR), source.fds[1]),
    "control": lambda source: (source.fds[0], memfd(mmap.PAGESIZE, seals=camfx_queue._SEAL | camfx_queue._SHRINK | camfx_queue._GROW)),
    "control is a pipe": lambda source: (source.fds[0], os.pipe()[0]),
    "huge pages": lambda source: (_huge(), source.fds[1]),
    "changing": _changing,
}


def _huge():
    try:
        return memfd(4 << 20, flags=os.MFD_HUGETLB)
    except OSError:         # the kernel has no huge pages: an unsealed one will be refused as well
        return memfd(4 << 20, seals=0)


def main():
    client = Client()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"value": getattr(client, "do_" + request.pop("do"))(**request)}
        except dbus.DBusException as error:
            answer = {"error": error.get_dbus_name(), "message": error.get_dbus_message() or ""}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
