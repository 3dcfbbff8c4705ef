"""The kernel's test driver vivid: a camera, and an output whose pictures come back out of the camera, byte for byte."""
import subprocess
from contextlib import contextmanager

import machine
import video
from outcome import wait_for
from person import Person

CAPTURE, OUTPUT = "/dev/video20", "/dev/video21"


@contextmanager
def loaded(*parameters):
    """It is there, as a camera and an output, and gone afterwards."""
    machine.run("modprobe", "vivid", "n_devs=1", "vid_cap_nr=20", "vid_out_nr=21", *parameters)
    machine.run("udevadm", "settle")
    try:
        yield
    finally:
        unload()


@contextmanager
def connected():
    """One HDMI output, and one HDMI input that shows what goes out, with nothing drawn over it, 640x480."""
    with loaded("node_types=0x101", "num_inputs=1", "input_types=3", "num_outputs=1", "output_types=1"):
        connect()
        yield


def unload():
    """Removes it once nobody has it open; devices that the helper shows on it go first."""
    if machine.helper_pid():
        with Person("root") as root:
            for device in root.devices():
                root.remove(device)
    wait_for(lambda: machine.run("modprobe", "-r", "vivid", check=False).returncode == 0, "the end of everybody who has it open")


def connect():
    controls = subprocess.run(["v4l2-ctl", "-d", CAPTURE, "-l"], capture_output=True, text=True, check=True).stdout
    connected = next((line.split()[0] for line in controls.splitlines() if "is_connected_to" in line), None)
    machine.run("v4l2-ctl", "-d", CAPTURE, "-c", f"{connected}=2" if connected else "loop_video=1")
    machine.run("v4l2-ctl", "-d", CAPTURE, "-c", "osd_text_mode=2")
    machine.run("v4l2-ctl", "-d", OUTPUT, "--set-dv-bt-timings", "index=0")       # 640x480 at 59 Hz
    machine.run("v4l2-ctl", "-d", CAPTURE, "--set-dv-bt-timings", "index=0")


def capture(width, height, frames):
    """What comes in while the output runs: raw YUYV frames."""
    machine.run("v4l2-ctl", "-d", CAPTURE, f"--set-fmt-video=width={width},height={height},pixelformat=YUYV")
    with video.Node(CAPTURE) as node:
        node.start()
        return b"".join(node.frame().data for _ in range(frames))
