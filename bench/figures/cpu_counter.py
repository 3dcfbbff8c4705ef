"""What drawing and publishing costs: the test picture into PipeWire, one consumer."""
from harness import cameras
from harness.row import Row

TITLE = "CPU: test:counter 1920x1080, 30 fps, into PipeWire, one consumer"


def measure(bench):
    commands = {"camfx": cameras.camfx(bench, "test:counter"), "reference": cameras.reference(bench)}
    seen = {name: [] for name in commands}
    with bench.session() as session:
        for _ in range(bench.repeats(3)):
            for name, command in commands.items():
                seen[name].append(cameras.watch(bench, session, command, name, bench.seconds(15)))
    camfx, reference = seen["camfx"], seen["reference"]
    return [
        Row("camfx", "% of a core", [run.percent_of_core for run in camfx], at_most=5),
        Row("C reference producer", "% of a core", [run.percent_of_core for run in reference]),
        Row("camfx, frames at the consumer", "a second", [run.frames_per_second for run in camfx]),
        Row("camfx, wake-ups", "a frame", [run.switches_per_frame for run in camfx]),
        Row("C reference producer, wake-ups", "a frame", [run.switches_per_frame for run in reference]),
    ]
