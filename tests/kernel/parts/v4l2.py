"""Camfx.V4L2 by itself on real drivers: v4l2-probe (tests/Camfx.V4L2.Probe) goes through a device as camfx does and compares every byte."""
import json
import os
import pathlib
import subprocess
from contextlib import contextmanager

import machine
import vivid
from outcome import note

PROBE = pathlib.Path(__file__).resolve().parents[3] / "out/vm/v4l2-probe/v4l2-probe"
SIZE = "640x480"
NUMBER = 40
NODE = f"/dev/video{NUMBER}"


def probe(*arguments):
    """What the probe says; everything must be as it should be."""
    done = subprocess.run([PROBE, *arguments], capture_output=True, text=True, timeout=600, check=False)
    assert done.stdout, done.stderr.strip()
    answer = json.loads(done.stdout)
    bad = [entry for entry in answer.get("captures", []) if not entry["ok"]] or answer
    assert done.returncode == 0, f"v4l2-probe {' '.join(arguments)}: {json.dumps(bad)}"
    return answer


@contextmanager
def camera(**parameters):
    """vivid as a webcam, and nothing else."""
    with vivid.loaded("node_types=0x1", "num_inputs=1", "input_types=0", *(f"{name}={value}" for name, value in parameters.items())):
        yield vivid.CAPTURE


def captures(name, ways=("dmabuf", "userptr", "mmap", "readwrite"), **parameters):
    def test():
        with camera(**parameters) as path:
            captures = [entry for memory in ways for entry in probe("capture", path, "--frames", "3", "--memory", memory)["captures"]]
            done = [entry for entry in captures if "refused" not in entry]
            note(f"captures from vivid, {name}", f"{len({entry['format'] for entry in done})} formats, {len(done)} ways")
    test.__name__ = f"captures_in_every_format_and_memory_type_of_a_{name}_camera"
    return test


def controls_are_listed_set_reset_and_restored():
    with camera() as path:
        assert len(probe("controls", path)["controls"]) > 10


def loops(memory):
    def test():
        with vivid.connected():
            answer = probe("loop", vivid.OUTPUT, vivid.CAPTURE, "--size", SIZE, "--memory", memory, "--frames", "20")
            if memory != "mmap":
                assert answer["copiedBytes"] == 0 and answer["zeroCopy"] == answer["written"], answer
    test.__name__ = f"frames_leave_vivid_as_they_went_in_by_{memory}"
    return test


def loopback():
    """v4l2loopback with the one node NODE, or with its control node and none."""
    if not os.path.exists("/sys/module/v4l2loopback"):
        machine.run("modprobe", "v4l2loopback", "devices=0")
        machine.run("udevadm", "settle")
    if os.path.exists("/dev/v4l2loopback"):
        return True
    if not os.path.exists(NODE):
        machine.run("modprobe", "-r", "v4l2loopback")
        machine.run("modprobe", "v4l2loopback", "devices=1", f"video_nr={NUMBER}", "card_label=probe", "exclusive_caps=1")
        machine.run("udevadm", "settle")
    return False


def loopbacks(memory):
    def test():
        made = loopback()
        if made:
            machine.add_loopback("probe", NUMBER, 640, 480)
        try:
            probe("loop", NODE, NODE, "--size", SIZE, "--memory", memory, "--frames", "30")
        finally:
            if made:
                machine.remove_loopback(NUMBER)
    test.__name__ = f"frames_leave_v4l2loopback_as_they_went_in_by_{memory}"
    return test


def v4l2loopback_is_what_camfx_relies_on():
    assert loopback(), "this v4l2loopback has no control node"
    probe("loopback")


TESTS = [v4l2loopback_is_what_camfx_relies_on, loopbacks("mmap"), loopbacks("readwrite"),
         captures("single_planar"), captures("multi_planar", multiplanar=2), controls_are_listed_set_reset_and_restored,
         loops("dmabuf"), loops("userptr"), loops("mmap")]
