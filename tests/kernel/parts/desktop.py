"""What a desktop's media session lists: each camfx camera once, everybody else's nodes as before."""
import json
import time
from contextlib import ExitStack

import machine
from outcome import wait_for
from person import run_as

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
    with machine.seat("ada"), ExitStack() as writers:
        for path in machine.make_loopbacks(OURS + OTHERS, 30):
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


TESTS = [wireplumber_hides_camfxs_loopback_nodes_and_no_others]
