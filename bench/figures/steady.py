"""Steady state: what a frame allocates, and whether memory stays as it was over 20,000 frames."""
import time

from harness import cameras, cost, stats
from harness.program import Program
from harness.row import Row

TITLE = "Steady state: allocation and memory over 20,000 frames"
RATE = 240
SIZE = "640x480"
WARM = 1000
LAST = 20000
# The runtime's own threads touch a page now and then.
GROWTH_ALLOWED = 1.0


def measure(bench):
    last = 3 * WARM if bench.quick else LAST
    yield from _both(bench, "no output", {"output": "none", "idle": "always"}, last)
    with bench.session() as session:
        yield from _both(bench, "PipeWire, one consumer", {}, last, session)


def _both(bench, where, how, last, session=None):
    """Allocation is read from the reports of --stats; memory also without them, since a report is no part of a frame."""
    for reports in (True, False):
        command = cameras.camfx(bench, "test:counter", size=SIZE, rate=RATE, stats=reports, **how)
        follow = _follow_reports if reports else _follow_clock
        with Program(command, session.environment if session else None) as camera:
            if not session:
                yield from follow(where, camera, last)
                continue
            cameras.wait_for_node(session, "camfx")
            with Program([bench.consumer, "-t", "camfx", "-s", SIZE], session.environment):
                yield from follow(where, camera, last)


def _follow_reports(where, camera, last):
    def reached(frame):
        camera.wait_for(lambda lines: stats.published(lines) >= frame, frame / RATE * 2 + 20, f"frame {frame}")
        return stats.latest(camera.lines), cost.resident(camera.pid)

    early, before = reached(WARM)
    middle, _ = reached(2 * WARM)
    late, after = reached(last)
    for key in (key for key in early if key.endswith("allocated_bytes")):
        # Without a thread's name it is the whole process, less the thread that writes the reports.
        name = f"{where}: {'all threads' if key == 'allocated_bytes' else key.removesuffix('_allocated_bytes') + ' thread'}"
        yield Row(f"{name}, 1,000 frames", "bytes a frame", [_allocated(key, early, middle)], at_most=0)
        yield Row(f"{name}, to the end", "bytes a frame", [_allocated(key, early, late)], at_most=0)
    yield _growth(f"{where}, with --stats", early["published"], before, late["published"], after)


def _allocated(key, early, late):
    return (late[key] - early[key]) / (late["published"] - early["published"])


def _follow_clock(where, camera, last):
    time.sleep(WARM / RATE)
    before = cost.resident(camera.pid)
    time.sleep((last - WARM) / RATE * 1.02)
    if camera.process.poll() is not None:
        raise RuntimeError(f"camfx ended. {camera.errors()}")
    yield _growth(where, WARM, before, last, cost.resident(camera.pid))


def _growth(where, first, before, last, after):
    return Row(f"{where}: RssAnon + RssFile, frame {first:,} → {last:,}", "MB more", [(after - before) / 1e6], at_most=GROWTH_ALLOWED,
               note=f"{before / 1e6:.1f} → {after / 1e6:.1f} MB")
