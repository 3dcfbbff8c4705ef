"""What camfx costs while nobody watches."""
import time

from harness import cameras, cost
from harness.program import Program
from harness.row import Row

TITLE = "Idle: on PipeWire, no consumer"


def measure(bench):
    percent, wakeups = [], []
    with bench.session() as session:
        for _ in range(bench.repeats(3)):
            with Program(cameras.camfx(bench, "test:counter"), session.environment) as camera:
                time.sleep(5)       # start-up and the runtime's own late work are not idleness
                begin, cpu, switches = time.monotonic(), cost.cpu_seconds(camera.pid), cost.context_switches(camera.pid)
                time.sleep(bench.seconds(20))
                elapsed = time.monotonic() - begin
                percent.append(100 * (cost.cpu_seconds(camera.pid) - cpu) / elapsed)
                wakeups.append((cost.context_switches(camera.pid) - switches) / elapsed)
                if camera.process.poll() is not None:
                    raise RuntimeError(f"camfx ended while it was idle. {camera.errors()}")
    return [Row("camfx", "% of a core", percent, at_most=0.2, below=True), Row("camfx, wake-ups", "a second", wakeups)]
