"""Restarts and kills at any instant, with a reader on the node: it stays a camera, its frames stay whole, no node is doubled or lost."""
import os
import random
import signal
import threading
import time

import counter
import machine
import video
from outcome import note, times, wait_for
from person import Person

WIDTH, HEIGHT, FPS = 320, 240, 30
SEED = int(os.environ.get("CAMFX_SEED") or random.randrange(1 << 30))


class Viewer:
    """An app that plays the node until it is told to stop, and looks at each frame and at what the node says it is."""

    def __init__(self, path):
        self.path, self.frames, self.films, self.fault, self.longest = path, 0, 0, None, 0.0
        self._stop = False
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def _watch(self):
        try:
            with video.Node(self.path) as node:
                node.start()
                before, stamp = time.monotonic(), 0
                while not self._stop:
                    frame = node.frame()
                    now = time.monotonic()
                    self.longest, before = max(self.longest, now - before), now
                    if frame.time < stamp:
                        raise AssertionError(f"time went back by {stamp - frame.time} µs")
                    stamp = frame.time
                    self.films += counter.read(frame.data, WIDTH, HEIGHT) is not None
                    self.frames += 1
                    caps = video.ask(self.path).caps
                    if not caps & video.CAP_CAPTURE or caps & video.CAP_OUTPUT:
                        raise AssertionError(f"the node is no camera any more: {caps:#x}")
        except (OSError, AssertionError) as error:
            self.fault = error

    def check(self):
        if self.fault:
            raise AssertionError(f"after {self.frames} frames: {self.fault}")

    def end(self):
        self._stop = True
        self._thread.join(60)
        self.check()


def expect_device(person, path):
    """There is exactly the device we made, by the same name, with the same node."""
    devices = person.devices()
    assert len(devices) == 1, f"{len(devices)} devices: {devices}"
    assert next(iter(devices.values()))["Path"] == path, devices
    assert video.nodes() == [path], video.nodes()
    return next(iter(devices))


def stop_helper(how):
    pid = machine.helper_pid()
    if how == "restart":
        machine.run("systemctl", "restart", machine.HELPER_UNIT)
    else:
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: machine.helper_pid() not in (0, pid), "the helper's return")
    machine.helper_answers()


def disturb(rounds, choose):
    """Makes a device with a viewer and lets choose(rng) say, round for round, what is done to it."""
    rng = random.Random(SEED)
    machine.join_camfx("ada")
    ada = Person("ada")
    device = ada.create("camfx", width=WIDTH, height=HEIGHT, fps=float(FPS))
    path = ada.get(device, "Path")
    ada.attach(device, WIDTH, HEIGHT, FPS)
    viewer = Viewer(path)
    try:
        for number in range(rounds):
            time.sleep(rng.random() * 0.3)
            what = choose(rng)
            if what == "session":
                ada.kill()
                ada = Person("ada")
            else:
                stop_helper(what)
            device = expect_device(ada, path)
            viewer.check()
            # The session comes back to its device, as it does when the helper's name comes back.
            wait_for(lambda: attach(ada, device), f"a new attachment after round {number} ({what})")
        films = viewer.films
        wait_for(lambda: viewer.films > films or viewer.fault, "the film after the last round")
        viewer.end()
        expect_device(ada, path)
        note("viewer", f"{viewer.frames} frames over {rounds} rounds, at most {viewer.longest:.1f} s without one")
        ada.remove(device)
        wait_for(lambda: not video.nodes(), "the end of the node")
    finally:
        viewer._stop = True
        ada.kill()
        with Person("root") as root:
            for left in root.devices():
                root.remove(left)


def attach(person, device):
    person.attach(device, WIDTH, HEIGHT, FPS)
    return True


def the_helper_is_restarted_and_its_viewers_keep_their_camera():
    disturb(times(100, 8), lambda _: "restart")


def helper_and_session_are_killed_at_random_and_viewers_keep_their_camera():
    note("seed", str(SEED))
    disturb(times(200, 20), lambda rng: rng.choice(("kill", "kill", "session")))


def several_devices_survive_a_kill_without_being_doubled():
    machine.join_camfx("ada")
    with Person("ada") as ada:
        made = {ada.get(ada.create(f"camfx {number}", width=64 * number, height=48, readers=1 + number % 2, fps=5.0), "Path") for number in range(1, 5)}
        nodes = video.nodes()
        for _ in range(times(30, 3)):
            stop_helper("kill")
            assert {entry["Path"] for entry in ada.devices().values()} == made
            assert video.nodes() == nodes, video.nodes()
            for path in nodes:
                assert isinstance(video.chromium_lists(path), list), f"{path}: {video.chromium_lists(path)}"
        labels = [entry["Label"] for entry in ada.devices().values()]
        assert len(set(labels)) == 4, labels
        for device in ada.devices():
            ada.remove(device)


TESTS = [the_helper_is_restarted_and_its_viewers_keep_their_camera, helper_and_session_are_killed_at_random_and_viewers_keep_their_camera,
         several_devices_survive_a_kill_without_being_doubled]
