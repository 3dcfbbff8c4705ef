"""The user unit under a real systemd: start, live changes while apps watch, D-Bus activation, kills, the watchdog, the journal; with a seat and without."""
import json
import os
import pathlib
import signal
import subprocess
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor

import machine
import video
from outcome import note, wait_for
from parts.readers import expect_film
from person import as_user
from service import BUS, CAMERA, FPS, HEIGHT, MEDIA, WIDTH, Service, Viewer

PATIENCE = 20
INTERFACE = pathlib.Path("/usr/share/dbus-1/interfaces/org.camfx.Camera1.xml")
bob, ada = Service("bob"), Service("ada")


class PipeWireReader:
    """GStreamer, reading the camera's PipeWire node. Its pictures are taken from it at once: who holds one for half a second may see it drawn over."""

    def __init__(self, user, frames):
        command = ["gst-launch-1.0", "-q", "pipewiresrc", "target-object=camfx", f"num-buffers={frames}", "!",
                   f"video/x-raw,format=YUY2,width={WIDTH},height={HEIGHT}", "!", "fdsink", "fd=1"]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **as_user(user))
        self.pid, self._done = self._process.pid, ThreadPoolExecutor(1).submit(self._process.communicate, timeout=240)

    def expect_film(self):
        data, said = self._done.result()
        assert self._process.returncode == 0, said[-300:]
        expect_film(data, WIDTH, HEIGHT, "GStreamer at PipeWire")


def watchdog(seconds):
    """How long the next process may be silent."""
    folder = bob.home / ".config/systemd/user/camfx.service.d"
    bob.run("mkdir", "-p", str(folder))
    (folder / "watchdog.conf").write_text(f"[Service]\nWatchdogSec={seconds}\n", encoding="utf-8")
    bob.systemctl("daemon-reload")


def it_starts_for_who_sits_at_the_machine_and_tells_systemd_what_it_does():
    watchdog(300)       # the machine may be emulated, and busy
    machine.sit_down("bob")
    bob.systemctl("start", *MEDIA)
    bob.camfx("start")
    assert (bob.unit("ActiveState"), bob.unit("Type")) == ("active", "notify")
    wait_for(lambda: bob.unit("StatusText") == "camfx: idle", "the unit's status")


def a_camera_that_gets_another_size_has_one_device_of_that_size():
    bob.camfx("camera", "set", "camfx", f"size={WIDTH}x{HEIGHT}", f"fps={FPS}", "source=test:counter")
    path = bob.node_when_ready()
    assert video.nodes() == [path] == ["/dev/video63"], video.nodes()
    assert video.chromium_lists(path) == [("YUYV", WIDTH, HEIGHT)], video.chromium_lists(path)


def who_watches_is_named_and_a_change_of_source_is_seen_and_nothing_else():
    with Viewer("bob", bob.node_when_ready()) as viewer:
        viewer.sees("counter", "the film on the device")
        reader = PipeWireReader("bob", 4 * FPS)
        wait_for(lambda: len(bob.get("Consumers")) == 2, "both apps' names")
        camera = bob.camfx("status")
        reader.expect_film()
        for word in ("camfx  streaming", "source   test:counter", f"python3 (device, pid {viewer.pid})", f"gst-launch-1.0 (pipewire, pid {reader.pid})",
                     " fps out", "/dev/video63"):
            assert word in camera, f"camfx status lacks '{word}': {camera}"
        opened = bob.get("Statistics")["source-opened"]["data"]
        bob.camfx("source", "set", "test:smpte")
        viewer.sees("bars", "the new source")
        bob.set("Source", "s", "test:counter")
        viewer.sees("counter", "the old source")
        assert bob.get("State") == "streaming"
        states = {entry["CAMFX_STATE"] for entry in bob.journal("CAMFX_CAMERA=camfx") if entry.get("CAMFX_STATE")}
        assert states <= {"idle", "starting", "streaming"}, states
        first = next(number for number, frame in enumerate(viewer.seen) if frame["shows"] == "counter")
        cards = sum(frame["shows"] == "card" for frame in viewer.seen[first:])
        note("two changes of source", f"{len(viewer.seen) - first} frames, {cards} of them cards, {opened} sources opened before")


def status_has_everything_for_programs():
    answer = json.loads(bob.camfx("status", "--json"))
    camera = answer["cameras"][0]
    assert answer["pid"] == bob.pid()
    assert (camera["name"], camera["source"], camera["width"], camera["height"], camera["fps"]) == ("camfx", "test:counter", WIDTH, HEIGHT, FPS)
    assert camera["consumers"] == [] and camera["statistics"]["frames_out"] > 0, camera
    assert {output["kind"] for output in camera["outputs"]} == {"pipewire", "queue", "device"}, camera["outputs"]


def the_bus_shows_what_the_interface_says():
    lines = bob.run("busctl", "--user", "introspect", "--no-legend", BUS, CAMERA, "org.camfx.Camera1").splitlines()
    shown = {tuple(line.split()[:2]) for line in lines if line.startswith(".")}
    tree = ElementTree.parse(INTERFACE).getroot()
    said = {("." + entry.get("name"), kind) for kind in ("method", "property", "signal") for entry in tree.iter(kind)}
    assert shown == said, shown ^ said


def a_call_on_the_bus_starts_it_with_what_was_saved():
    bob.set("Source", "s", "test:smpte")
    bob.systemctl("stop", "camfx.service")
    assert bob.unit("ActiveState") == "inactive"
    assert bob.get("Source") == "test:smpte"
    assert bob.unit("ActiveState") == "active", "the bus started a process of its own instead of the unit"


def killed_it_comes_back_and_who_watches_the_device_goes_on():
    watchdog(PATIENCE)
    with Viewer("bob", bob.node_when_ready()) as viewer:
        viewer.sees("bars", "the picture")
        before = bob.pid()
        os.kill(before, signal.SIGKILL)
        viewer.sees("card", "the helper's card")
        viewer.sees("bars", "the picture of the process that came back")
        assert bob.pid() not in (0, before) and bob.unit("NRestarts") == "1", (bob.pid(), bob.unit("NRestarts"))
        times = [frame["time"] for frame in viewer.seen]
        assert times == sorted(times), "time went back"
    assert video.nodes() == ["/dev/video63"], video.nodes()


def one_that_hangs_is_started_anew():
    before = bob.pid()
    began = time.monotonic()
    os.kill(before, signal.SIGSTOP)
    wait_for(lambda: bob.pid() not in (0, before), "the end of what hung")
    note("a stopped service", f"another process after {time.monotonic() - began:.0f} s, WatchdogSec={PATIENCE}")
    assert bob.unit("NRestarts") == "2", bob.unit("NRestarts")
    wait_for(lambda: bob.unit("ActiveState") == "active", "the service")
    assert bob.get("Source") == "test:smpte"


def the_journal_has_fields_that_can_be_asked_for():
    entries = bob.journal("CAMFX_CAMERA=camfx")
    assert "streaming" in {entry.get("CAMFX_STATE") for entry in entries}, entries
    for entry in entries:
        assert entry["SYSLOG_IDENTIFIER"] == "camfx" and entry["PRIORITY"] in ("4", "5") and entry["MESSAGE"].startswith("camfx: "), entry


def without_a_seat_there_is_no_device_and_pipewire_works():
    ada.systemctl("start", *MEDIA, "camfx.service")
    ada.set("Source", "s", "test:counter")
    ada.run("busctl", "--user", "call", BUS, CAMERA, "org.camfx.Camera1", "SetMode", "uuda{sv}", str(WIDTH), str(HEIGHT), str(FPS), "0")
    problem = wait_for(lambda: (device := ada.output("device")) and device["State"] == "refused" and device["Problem"], "a refusal")
    assert problem.startswith("You may not make the device 'camfx'"), problem
    ada.camfx("device", "add", code=4)
    PipeWireReader("ada", 4 * FPS).expect_film()


TESTS = [
    it_starts_for_who_sits_at_the_machine_and_tells_systemd_what_it_does, a_camera_that_gets_another_size_has_one_device_of_that_size,
    who_watches_is_named_and_a_change_of_source_is_seen_and_nothing_else, status_has_everything_for_programs, the_bus_shows_what_the_interface_says,
    a_call_on_the_bus_starts_it_with_what_was_saved, killed_it_comes_back_and_who_watches_the_device_goes_on, one_that_hangs_is_started_anew,
    the_journal_has_fields_that_can_be_asked_for, without_a_seat_there_is_no_device_and_pipewire_works,
]
