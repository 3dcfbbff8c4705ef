"""What a frame costs on its way into /dev/videoX: the helper, and camfx as a whole, beside ffmpeg and GStreamer, in User-Mode Linux."""
from harness import uml
from harness.row import Row

TITLE = "CPU per 1920x1080 YUYV frame into a device (User-Mode Linux, 30 fps, one reader)"
UNIT = "µs a frame"
GROUPS = {
    "raw": ("the same raw frames into v4l2loopback", "helper", {"ffmpeg -f rawvideo": 0.5, "gst filesrc": 0.5}),
    "pattern": ("a test picture into v4l2loopback", "camfx + helper", {"ffmpeg testsrc2": 0.7}),
    "vivid": ("the same raw frames into vivid's output", "helper, DMABUF", {"ffmpeg -f rawvideo": 0.15, "gst filesrc": 0.15, "gst filesrc, into vivid": 0.15}),
}

IDLE = "1920x1080 nodes that nobody watches"

# What happens, and how many ms each moment may take.
MOMENTS = {
    "return": ("camfx-helper is killed under a reader and started again at once (systemd waits 100 ms before)",
               {"name on the bus": 1000, "next frame": 1000, "next frame of the film": None}),
    "unplug": ("a camera is unplugged and plugged in again", {"card": 200, "picture": 1000}),
}


def measure(bench):
    seen = {}
    for line in uml.measure(bench.repeats(5)):
        seen.setdefault(line["figure"], {}).setdefault(line["what"], []).append(line["value"])
    for figure, (group, ours, targets) in GROUPS.items():
        for what, values in seen[figure].items():
            if what == "bytes copied":
                yield Row("helper, copied in user space", "bytes", values, at_most=0, group=group)
            else:
                yield Row(what, UNIT, values, group=group)
        for peer, most in targets.items():
            theirs = seen[figure].get(peer) or seen["raw"][peer]        # a peer that cannot write there: what it costs into v4l2loopback
            yield Row(f"{ours} / {peer}", "×", [mine / other for mine, other in zip(seen[figure][ours], theirs)], at_most=most, group=group)
    for what, values in seen["idle"].items():
        if what == "RssAnon + RssFile":
            yield Row("helper, RssAnon + RssFile, two nodes", "MB", values, at_most=32, group=IDLE)
        else:
            yield Row(f"helper, {what}", "% of a core", values, at_most=0.3, group=IDLE)
    for figure, (group, targets) in MOMENTS.items():
        for what, most in targets.items():
            yield Row(what, "ms", seen[figure][what], at_most=most, group=group)
