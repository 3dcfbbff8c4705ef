"""The cameras that are compared, as command lines, and what one costs while a consumer watches."""
import subprocess
import time
from dataclasses import dataclass

from harness import cost
from harness.program import Program


def camfx(bench, source, name="camfx", size="1920x1080", rate=30, output="pipewire", idle="on-demand", stats=False):
    return [bench.camfx, "run", "--source", source, "--name", name, "--size", size, "--fps", str(rate),
            "--output", output, "--idle", idle, *(["--stats"] if stats else [])]


def reference(bench, name="reference", size="1920x1080", rate=30):
    return [bench.producer, "-s", size, "-r", str(rate), "-n", name]


def gstreamer(clip, threads, name="gstreamer"):
    return ["gst-launch-1.0", "-q", "filesrc", f"location={clip}", "!",
            "decodebin", f"avdec_h264-0::max-threads={threads}", "!",
            "videoconvert", "!", "video/x-raw,format=I420", "!", "pipewiresink", "mode=provide",
            f"stream-properties=p,media.class=Video/Source,media.role=Camera,node.name={name},node.description={name}"]


@dataclass
class Watched:
    """What a camera did while it was watched."""
    percent_of_core: float
    frames_per_second: float
    switches_per_frame: float
    resident_bytes: int


def watch(bench, session, command, name, seconds, settle=3.0):
    """Starts the camera and one consumer; lets both settle, then measures the camera's whole process tree for so long."""
    with Program(command, session.environment) as camera:
        wait_for_node(session, name)
        with Program([bench.consumer, "-t", name], session.environment) as consumer:
            consumer.wait_for(lambda lines: lines and int(lines[-1]) >= 10, 15, "the tenth frame")
            time.sleep(settle)
            return _window(camera, consumer, seconds)


def wait_for_node(session, name, seconds=10):
    """A consumer can name a node only once it is there."""
    deadline = time.monotonic() + seconds
    while f'node.name = "{name}"' not in subprocess.run(["pw-cli", "ls", "Node"], env=session.environment, capture_output=True, text=True,
                                                        check=False).stdout:
        if time.monotonic() > deadline:
            raise RuntimeError(f"the camera {name} did not appear on PipeWire within {seconds} s")
        time.sleep(0.1)


def _window(camera, consumer, seconds):
    def next_count():
        seen = len(consumer.lines)
        consumer.wait_for(lambda lines: len(lines) > seen, 5, "the next second")
        return int(consumer.lines[-1])

    frames = next_count()
    begin, cpu, switches = time.monotonic(), cost.cpu_seconds(camera.pid), cost.context_switches(camera.pid)
    resident = 0
    while time.monotonic() - begin < seconds:
        frames_now = next_count()
        resident = max(resident, cost.resident(camera.pid))
    elapsed = time.monotonic() - begin
    cpu, switches = cost.cpu_seconds(camera.pid) - cpu, cost.context_switches(camera.pid) - switches
    if camera.process.poll() is not None:
        raise RuntimeError(f"{camera.command[0]} ended while it was watched. {camera.errors()}")
    taken = frames_now - frames
    return Watched(100 * cpu / elapsed, taken / elapsed, switches / max(taken, 1), resident)
