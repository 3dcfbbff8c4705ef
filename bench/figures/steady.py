"""Steady state: what a frame allocates, and whether memory stays as it was over 20,000 frames."""
from harness import cameras, cost, stats
from harness.program import Program
from harness.row import Row

TITLE = "Steady state: allocation and memory over 20,000 frames"
RATE = 240
SIZE = "640x480"
WARM = 1000
# The kernel counts a process's pages in batches, and the runtime's own threads touch a page now and then.
GROWTH_ALLOWED = 1.0


def measure(bench):
    last = 3000 if bench.quick else 20000
    yield from _measure(bench, "no output", cameras.camfx(bench, "test:counter", size=SIZE, rate=RATE, output="none", idle="always"), last)
    with bench.session() as session:
        command = cameras.camfx(bench, "test:counter", size=SIZE, rate=RATE)
        yield from _measure(bench, "PipeWire, one consumer", command, last, session)


def _measure(bench, where, command, last, session=None):
    environment = session.environment if session else None
    with Program(command, environment) as camera:
        if not session:
            return _follow(where, camera, last)
        cameras.wait_for_node(session, "camfx")
        with Program([bench.consumer, "-t", "camfx", "-s", SIZE], environment):
            return _follow(where, camera, last)


def _follow(where, camera, last):
    def reached(frame):
        camera.wait_for(lambda lines: stats.published(lines) >= frame, frame / RATE * 2 + 20, f"frame {frame}")
        return stats.latest(camera.lines), cost.resident(camera.pid)

    early, before = reached(WARM)
    middle, _ = reached(2 * WARM)
    late, after = reached(last)
    rows = []
    for key in (key for key in early if key.endswith("_allocated_bytes")):
        name = f"{where}: {key.removesuffix('_allocated_bytes')} thread"
        rows.append(Row(f"{name}, 1,000 frames", "bytes a frame", [(middle[key] - early[key]) / (middle["published"] - early["published"])], at_most=0))
        rows.append(Row(f"{name}, to the end", "bytes a frame", [(late[key] - early[key]) / (late["published"] - early["published"])], at_most=0))
    growth = (after - before) / 1e6
    rows.append(Row(f"{where}: RssAnon + RssFile, frame {early['published']:,} → {late['published']:,}", "MB more", [growth], at_most=GROWTH_ALLOWED,
                    note=f"{before / 1e6:.1f} → {after / 1e6:.1f} MB"))
    return rows
