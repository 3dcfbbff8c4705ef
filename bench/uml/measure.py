#!/usr/bin/env python3
"""Inside User-Mode Linux: CPU that a 1080p YUYV frame costs on its way into a device, for camfx-helper, ffmpeg and GStreamer in turn; and some moments.

Prints one JSON object a line, {"figure": …, "round": …, "what": …, "value": …}, e.g. µs of CPU time a frame for each program and round. CPU time is user and system time of the whole process,
from rusage when it ended or from /proc before and after.
"""
import argparse
import ctypes
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "kernel"), str(ROOT / "sdk" / "python")]
import counter      # noqa: E402
import moments      # noqa: E402
import person       # noqa: E402
from helper import Helper, start      # noqa: E402

WIDTH, HEIGHT, FPS, FRAMES = 1920, 1080, 30, 150
FILM = "/tmp/film.yuv"
VIVID_OUT, VIVID_CAMERA = "/dev/video41", "/dev/video42"
PEER_NODE = 50
FORMAT = ["-f", "rawvideo", "-pixel_format", "yuyv422", "-video_size", f"{WIDTH}x{HEIGHT}", "-framerate", str(FPS)]

libc = ctypes.CDLL(None, use_errno=True)


def load(modules, name, parameters=""):
    """insmod with what the module needs; there is no modprobe that could be counted on."""
    folder = next((pathlib.Path(modules) / "lib/modules").iterdir())
    for line in (folder / "modules.dep").read_text(encoding="utf-8").splitlines():
        path, _, needed = line.partition(":")
        if path.endswith(f"/{name}.ko"):
            files = [*reversed(needed.split()), path]
    for file in files:
        descriptor = os.open(folder / file, os.O_RDONLY)
        text = parameters if file == files[-1] else ""
        if libc.syscall(313, descriptor, text.encode(), 0) != 0 and ctypes.get_errno() != 17:      # finit_module; 17: it is there
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), file)
        os.close(descriptor)


def timings_of(node):
    """The number of the node's timings for our size and rate."""
    text = subprocess.run(["v4l2-ctl", "-d", node, "--list-dv-timings"], capture_output=True, text=True, check=True).stdout
    index = sizes = None
    for line in text.splitlines():
        word, _, value = line.strip().partition(":")
        if word == "Index":
            index, sizes = value.strip(), []
        elif word in ("Active width", "Active height"):
            sizes.append(int(value))
        elif word == "Frame format":
            sizes.append(value.strip())
        elif word == "Pixelclock" and sizes == [WIDTH, HEIGHT, "progressive"] and f"({FPS}.00 " in value:
            return index
    raise RuntimeError(f"{node} has no timings of {WIDTH}x{HEIGHT} at {FPS}")


def set_timings():
    subprocess.run(["v4l2-ctl", "-d", VIVID_OUT, "--set-dv-bt-timings", f"index={timings_of(VIVID_OUT)}"], check=True, stdout=sys.stderr)


def cpu(pid):
    """Seconds of CPU time of a living process: to the ns where the kernel tells, else in its ticks."""
    tasks = [task / "schedstat" for task in pathlib.Path(f"/proc/{pid}/task").iterdir()]
    if all(task.exists() for task in tasks):
        return sum(int(task.read_text(encoding="ascii").split()[0]) for task in tasks) / 1e9
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ended(process):
    """Seconds of CPU time of a process that ends by itself."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{process.args[0]} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


class Reader:
    """Somebody who watches: v4l2-ctl takes every frame and throws it away."""

    def __init__(self, path):
        self._process = subprocess.Popen(["v4l2-ctl", "-d", path, "--stream-mmap=4", "--stream-count=100000"],
                                         stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()


def film():
    """The raw frames that everybody is fed."""
    with open(FILM, "wb") as file:
        for number in range(FRAMES):
            frame = bytearray(WIDTH * 2 * HEIGHT)
            counter.fill(memoryview(frame), WIDTH, HEIGHT, number // 30)
            counter.draw(memoryview(frame), WIDTH, number)
            file.write(frame)


def peer(command, watched=None):
    """Microseconds a frame of a program that writes the film, or its own picture, into a node, while somebody watches that node."""
    process = start(*command)
    if watched is None:
        return ended(process) / FRAMES * 1e6
    time.sleep(1)
    with Reader(watched):
        return ended(process) / FRAMES * 1e6


def ffmpeg(node):
    return ["ffmpeg", "-v", "error", "-nostdin", "-re", *FORMAT, "-i", FILM, "-f", "v4l2", node]


def gstreamer(node):
    return ["gst-launch-1.0", "-q", "filesrc", f"location={FILM}", f"blocksize={WIDTH * 2 * HEIGHT}", "!", "rawvideoparse", "format=yuy2", f"width={WIDTH}",
            f"height={HEIGHT}", f"framerate={FPS}/1", "colorimetry=bt601", "!", "v4l2sink", f"device={node}"]


def ffmpeg_pattern(node):
    return ["ffmpeg", "-v", "error", "-nostdin", "-re", "-f", "lavfi", "-i", f"testsrc2=size={WIDTH}x{HEIGHT}:rate={FPS}", "-pix_fmt", "yuyv422",
            "-frames:v", str(FRAMES), "-f", "v4l2", node]


def settled(client, device, state="streaming"):
    ends = time.monotonic() + 60
    while client.get(device, "State") != state:
        if time.monotonic() > ends:
            raise RuntimeError(f"the device is {client.get(device, 'State')}: {client.get(device, 'StateReason')}")
        time.sleep(0.2)


def counted(client, device, pids, seconds=15):
    """Microseconds a frame of living processes, while the device shows frames of a queue; long, because /proc may count in hundredths of a second."""
    before, shown = [cpu(pid) for pid in pids], client.get(device, "Statistics")["frames"]
    time.sleep(seconds)
    frames = client.get(device, "Statistics")["frames"] - shown
    if frames < seconds * FPS / 2:
        raise RuntimeError(f"only {frames} frames in {seconds} s")
    return sum(cpu(pid) - early for pid, early in zip(pids, before)) / frames * 1e6


def raw_into_loopback(client, helper, node):
    device = client.create("camfx", width=WIDTH, height=HEIGHT, fps=float(FPS), backend="v4l2loopback")
    path = client.get(device, "Path")
    client.attach(device, WIDTH, HEIGHT, FPS)
    settled(client, device)
    with Reader(path):
        time.sleep(1)
        yield "helper", counted(client, device, [helper.pid])
    client.remove(device)
    yield "ffmpeg -f rawvideo", peer(ffmpeg(node), node)
    yield "gst filesrc", peer(gstreamer(node), node)


def pattern_into_loopback(client, helper, node):
    camfx = start(ROOT / "out/bin/camfx", "run", "--source", "test:counter", "--size", f"{WIDTH}x{HEIGHT}", "--fps", FPS, "--output", "device")
    try:
        ends = time.monotonic() + 30
        while not (devices := client.devices()):
            if camfx.poll() is not None or time.monotonic() > ends:
                raise RuntimeError("camfx run --output device makes no device")
            time.sleep(0.2)
        device = next(iter(devices))
        with Reader(client.get(device, "Path")):
            settled(client, device)
            time.sleep(1)
            yield "camfx + helper", counted(client, device, [camfx.pid, helper.pid])
    finally:
        camfx.send_signal(signal.SIGINT)
        camfx.wait()
    for left in client.devices():
        client.remove(left)
    yield "ffmpeg testsrc2", peer(ffmpeg_pattern(node), node)


def raw_into_vivid(client, helper, _):
    device = client.create("camfx", width=WIDTH, height=HEIGHT, fps=float(FPS), backend="v4l2-output", number=int(VIVID_OUT.removeprefix("/dev/video")))
    client.attach(device, WIDTH, HEIGHT, FPS, dmabufs=True, memory="dmabuf")
    settled(client, device)
    copied = client.get(device, "Statistics")["copied-bytes"]
    time.sleep(1)
    yield "helper, DMABUF", counted(client, device, [helper.pid])
    yield "bytes copied", client.get(device, "Statistics")["copied-bytes"] - copied
    client.remove(device)
    yield "gst filesrc, into vivid", peer(gstreamer(VIVID_OUT))       # ffmpeg only knows write(), which vivid's output refuses


def rss(pid):
    """MB that a process holds in memory of its own and in mapped files."""
    fields = dict(line.split(":", 1) for line in pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines())
    return sum(int(fields[name].split()[0]) for name in ("RssAnon", "RssFile")) / 1024


def idle(client, helper, _):
    """Per cent of a core while one node, then two, show a placeholder to nobody; and what the helper holds then."""
    devices = []
    for what in "one node", "two nodes":
        devices.append(client.create(f"camfx {what}", width=WIDTH, height=HEIGHT, fps=float(FPS), backend="v4l2loopback"))
        time.sleep(5)
        before, seconds = cpu(helper.pid), 30
        time.sleep(seconds)
        yield what, (cpu(helper.pid) - before) / seconds * 100
    yield "RssAnon + RssFile", rss(helper.pid)
    for device in devices:
        client.remove(device)


def returned(client, helper, _):
    """Milliseconds until a killed helper is back, while somebody watches: its name on the bus, and the next frame at the reader."""
    return moments.returned(client, helper)


def unplugged(*_):
    """Milliseconds until a camera that is unplugged is a card, and a picture after it is plugged in again. Unplugged are both of vivid's devices."""
    try:
        yield from moments.unplugged(VIVID_CAMERA)
    finally:
        set_timings()


FIGURES = {"raw": raw_into_loopback, "pattern": pattern_into_loopback, "vivid": raw_into_vivid, "idle": idle, "return": returned, "unplug": unplugged}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--modules", required=True)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    # One foreign node for the peers, made as the helper's are.
    load(arguments.modules, "v4l2loopback", f"devices=1 video_nr={PEER_NODE} card_label=peer exclusive_caps=1 max_buffers=4")
    # An HDMI output, and a webcam.
    load(arguments.modules, "vivid", "n_devs=2 node_types=0x101,0x1 num_inputs=1,1 input_types=3,0 num_outputs=1,0 output_types=1,0 vid_cap_nr=40,42 vid_out_nr=41,43")
    set_timings()
    film()
    os.makedirs(os.environ["XDG_RUNTIME_DIR"], mode=0o700, exist_ok=True)
    helper = Helper()
    client = person.Person("root")
    for number in range(arguments.rounds):
        for name, figure in FIGURES.items():
            if arguments.only and name != arguments.only:
                continue
            for what, value in figure(client, helper, f"/dev/video{PEER_NODE}"):
                print(json.dumps({"figure": name, "round": number, "what": what, "value": value}), flush=True)


if __name__ == "__main__":
    main()
