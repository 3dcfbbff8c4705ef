"""Frame drawn → pixel read by a page in a real browser, beside the C reference producer."""
import json
import subprocess

from harness import cameras
from harness.bench import ROOT
from harness.program import Program
from harness.row import Row

TITLE = "Browsers: test:counter 1280x720, 30 fps, frame drawn → pixel"
BROWSERS = ("chromium", "firefox")
MORE_LATENCY_MS = 2
MORE_LOST = 2


def measure(bench):
    size = "1280x720"
    commands = {"camfx": cameras.camfx(bench, "test:counter", size=size), "reference": cameras.reference(bench, size=size)}
    with bench.session(portal=True) as session:
        for browser in BROWSERS:
            looks = {name: [] for name in commands}
            for _ in range(bench.repeats(3)):
                for name, command in commands.items():
                    looks[name].append(_look(bench, session, browser, name, command))
            yield from _rows(browser.capitalize(), looks["camfx"], looks["reference"])


def _look(bench, session, browser, name, command):
    options = json.dumps({"label": name, "seconds": bench.seconds(15), "attempts": 4})
    drive = ["node", str(ROOT / "tests" / "browser" / "drive.js"), browser, options]
    with Program(command, session.environment):
        cameras.wait_for_node(session, name)
        done = subprocess.run(drive, env=session.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=180, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{browser} on {name}: {(done.stdout or done.stderr).strip()[-300:]}")
    return json.loads(done.stdout)


def _rows(browser, camfx, reference):
    def of(looks, value):
        return [value(look) for look in looks]

    def p50(look):
        return look["latencyMs"]["p50"]

    def p95(look):
        return look["latencyMs"]["p95"]

    def lost(look):
        return look["lost"]

    latency = Row("C reference producer, p50", "ms", of(reference, p50), group=browser)
    losses = Row("C reference producer, frames lost", "frames", of(reference, lost), group=browser)
    return [
        Row("camfx, p50", "ms", of(camfx, p50), at_most=latency.median + MORE_LATENCY_MS, group=browser),
        latency,
        Row("camfx, p95", "ms", of(camfx, p95), group=browser),
        Row("C reference producer, p95", "ms", of(reference, p95), group=browser),
        Row("camfx, frames lost", "frames", of(camfx, lost), at_most=losses.median + MORE_LOST, group=browser),
        losses,
        Row("camfx, frames decoded", "frames", of(camfx, lambda look: look["decoded"]), group=browser),
    ]
