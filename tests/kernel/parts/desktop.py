"""What a desktop's media session lists: each camfx camera once, everybody else's nodes as before."""
import json
import os
import subprocess
import tempfile
import time
from contextlib import ExitStack

import machine
import video
from outcome import wait_for
from person import Person, as_user, run_as

RULES = ["/usr/share/wireplumber/wireplumber.conf.d/51-camfx.conf", "/usr/share/wireplumber/main.lua.d/51-camfx.lua"]
OURS, OTHERS = ["camfx", "camfx desk"], ["OBS Virtual Camera", "camfxish", "my camfx"]


def cards(media_class):
    """The cards of V4L2 devices, or of the cameras on them, that ada's session has."""
    objects = json.loads(run_as("ada", "pw-dump").stdout or "[]")
    found = [entry["info"]["props"] for entry in objects if entry.get("info", {}).get("props", {}).get("media.class") == media_class]
    return sorted(entry["api.v4l2.cap.card"] for entry in found if "api.v4l2.cap.card" in entry)


def expect_cameras(labels):
    """Every device is known, and then these are the cameras."""
    wait_for(lambda: cards("Video/Device") == sorted(OURS + OTHERS), "the list of all devices", 60)
    wait_for(lambda: cards("Video/Source") == sorted(labels), f"the list of cameras {labels}", 60)
    time.sleep(1)
    assert cards("Video/Source") == sorted(labels), cards("Video/Source")


def session(action):
    done = run_as("ada", "systemctl", "--user", action, "pipewire.service", "wireplumber.service")
    assert done.returncode == 0, done.stderr


def wireplumber_hides_camfxs_loopback_nodes_and_no_others():
    nodes = machine.make_loopbacks(OURS + OTHERS, 30)
    with machine.seat("ada"), ExitStack() as writers:
        for path in nodes:
            writers.enter_context(machine.writer(path))
        session("start")
        try:
            expect_cameras(OTHERS)
            # Without the rule the same nodes would be there: the list above is the rule's work.
            for rule in RULES:
                machine.run("mv", rule, rule + ".away")
            session("restart")
            expect_cameras(OURS + OTHERS)
        finally:
            session("stop")
            for rule in RULES:
                machine.run("mv", rule + ".away", rule, check=False)
    if os.path.exists("/dev/v4l2loopback"):         # nodes of 0.12 stay
        for path in nodes:
            machine.remove_loopback(int(path.removeprefix("/dev/video")))


def sources(user="ada"):
    """The cameras that the user's apps are offered, by name, and those of them that are V4L2 devices."""
    objects = json.loads(run_as(user, "pw-dump").stdout or "[]")
    found = [entry["info"]["props"] for entry in objects if entry.get("info", {}).get("props", {}).get("media.class") == "Video/Source"]
    return [props.get("node.description") for props in found], [props["node.description"] for props in found if props.get("device.api") == "v4l2"]


def a_camera_that_is_a_device_as_well_is_listed_once():
    machine.join_camfx("ada")
    # 0.12 hands out the nodes that it was loaded with; those of the test above are there.
    with machine.seat("ada"), tempfile.TemporaryFile() as log:
        session("start")
        camfx = subprocess.Popen(["camfx", "run", "--source", "test:counter", "--size", "640x480", "--fps", "10", "--output", "auto"],
                                 stdin=subprocess.DEVNULL, stdout=log, stderr=log, **as_user("ada"))
        try:
            with Person("ada") as ada:
                device = wait_for(lambda: next(iter(ada.devices() or {}), None), "the session's device", 60)
                path = ada.get(device, "Path")
                assert video.chromium_lists(path) == [("YUYV", 640, 480)], video.chromium_lists(path)
            wait_for(lambda: "camfx" in cards("Video/Device"), "the device in the media session", 60)
            wait_for(lambda: sources()[0], "a camera", 60)
            time.sleep(2)
            assert sources() == (["camfx"], []), f"{sources()}, beside the device {path}"
        except AssertionError as error:
            log.seek(0)
            raise AssertionError(f"{error}; camfx said: {log.read()[-600:].decode()}") from error
        finally:
            camfx.terminate()
            camfx.wait()
            session("stop")


TESTS = [wireplumber_hides_camfxs_loopback_nodes_and_no_others, a_camera_that_is_a_device_as_well_is_listed_once]
