"""What camfx holds in memory besides the pictures, while one consumer watches."""
from harness import cameras, cost
from harness.row import Row

TITLE = "Memory: RssAnon + RssFile at 1920x1080 into PipeWire, one consumer"
MB = 1e6
ABOVE_DECODER = 60


def measure(bench):
    rounds = bench.repeats(3)
    decoder = [cost.run_to_end(["ffmpeg", "-nostdin", "-threads", "1", "-i", bench.clip, "-f", "null", "-"])[1] / MB for _ in range(rounds)]
    row = Row("ffmpeg -threads 1 -f null, peak", "MB", decoder)
    return [
        Row("camfx, test:counter", "MB", _resident(bench, "test:counter", rounds), at_most=60),
        row,
        Row("camfx, H.264 file, threads=1", "MB", _resident(bench, f"file:{bench.clip}?loop=1&threads=1", rounds),
            at_most=row.median + ABOVE_DECODER),
        Row("camfx, H.264 file, threads as it chooses", "MB", _resident(bench, f"file:{bench.clip}?loop=1", rounds)),
    ]


def _resident(bench, source, rounds):
    with bench.session() as session:
        return [cameras.watch(bench, session, cameras.camfx(bench, source), "camfx", bench.seconds(10)).resident_bytes / MB for _ in range(rounds)]
