"""What a frame costs on its way into /dev/videoX: the helper, and camfx as a whole, beside ffmpeg and GStreamer, in User-Mode Linux."""
from harness import uml
from harness.row import Row

TITLE = "CPU per 1920x1080 YUYV frame into a device (User-Mode Linux, 30 fps, one reader)"
UNIT = "µs a frame"
GROUPS = {
    "raw": ("the same raw frames into v4l2loopback", "helper", {"ffmpeg -f rawvideo": 0.5, "gst filesrc": 0.5}),
    "pattern": ("a test picture into v4l2loopback", "camfx + helper", {"ffmpeg testsrc2": 0.7}),
    "vivid": ("the same raw frames into vivid's output", "helper, DMABUF", {"ffmpeg -f rawvideo": 0.15, "gst filesrc": 0.15}),
}


def measure(bench):
    lines = uml.measure(bench.repeats(5))
    for figure, (group, ours, targets) in GROUPS.items():
        seen = {}
        for line in lines:
            if line["figure"] == figure:
                seen.setdefault(line["what"], []).append(line["value"])
        for what, values in seen.items():
            if what == "bytes copied":
                yield Row("helper, copied in user space", "bytes", values, at_most=0, group=group)
            else:
                yield Row(what, UNIT, values, group=group)
        for peer, most in targets.items():
            yield Row(f"{ours} / {peer}", "×", [mine / theirs for mine, theirs in zip(seen[ours], seen[peer])], at_most=most, group=group)
