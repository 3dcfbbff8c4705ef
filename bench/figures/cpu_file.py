"""What playing a film as a camera costs, beside GStreamer and beside the decoder alone."""
from statistics import median

from harness import cameras, cost
from harness.row import Row

TITLE = "CPU: H.264 file 1920x1080, 30 fps, into PipeWire, one consumer"
RATE = 30
FRAMES = 40 * RATE      # bench.clip


def measure(bench):
    with bench.session() as session:
        for threads in (1, 2):
            yield from _compare(bench, session, threads)


def _compare(bench, session, threads):
    commands = {
        "camfx": cameras.camfx(bench, f"file:{bench.clip}?loop=1&threads={threads}"),
        "gstreamer": cameras.gstreamer(bench.clip, threads),
    }
    decoder = ["ffmpeg", "-nostdin", "-threads", str(threads), "-i", bench.clip, "-f", "null", "-"]
    seen, bare = {name: [] for name in commands}, []
    for _ in range(bench.repeats(3)):
        for name, command in commands.items():
            seen[name].append(cameras.watch(bench, session, command, name, bench.seconds(15)))
        bare.append(100 * cost.run_to_end(decoder)[0] * RATE / FRAMES)

    camfx, gstreamer = ([run.percent_of_core for run in seen[name]] for name in commands)
    ratios = [ours / theirs for ours, theirs in zip(camfx, gstreamer)]
    decode = median(bare)
    above = [(ours - decode) / (theirs - decode) for ours, theirs in zip(camfx, gstreamer)]
    group = f"{threads} decoder thread{'s' * (threads > 1)}"
    return [
        Row("camfx", "% of a core", camfx, group=group),
        Row("gst-launch-1.0 decodebin … pipewiresink", "% of a core", gstreamer, group=group),
        Row("ffmpeg -f null, its CPU at 30 fps", "% of a core", bare, group=group),
        Row("camfx / GStreamer", "×", ratios, at_most=1, below=True, group=group),
        Row("camfx / GStreamer, each above the bare decode", "×", above, at_most=0.5, group=group),
        *(Row(f"{name}, frames at the consumer", "a second", [run.frames_per_second for run in seen[name]], group=group) for name in commands),
        *(Row(f"{name}, wake-ups", "a frame", [run.switches_per_frame for run in seen[name]], group=group) for name in commands),
    ]
