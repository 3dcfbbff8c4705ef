"""Process start to the first published picture."""
from harness import cameras, stats
from harness.program import Program
from harness.row import Row

TITLE = "Start: process start → first publish"


def measure(bench):
    command = cameras.camfx(bench, "test:counter", size="1280x720", output="none", idle="always", stats=True)
    samples = []
    for _ in range(bench.repeats(20) + 1):
        with Program(command) as camera:
            camera.wait_for(lambda lines: stats.published(lines) > 0, 10, "the first picture")
            first = stats.latest(camera.lines)["first_published_ns"]
            samples.append((first - camera.started) / 1e6)
    # The first run warms the page cache.
    return [Row("test:counter 1280x720, warm cache", "ms", samples[1:], at_most=150)]
