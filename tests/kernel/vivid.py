"""The kernel's test driver vivid: a camera, and an output whose pictures come back out of the camera, byte for byte."""
import subprocess

import machine
import video

CAPTURE, OUTPUT = "/dev/video20", "/dev/video21"


def load():
    """Loads it with one HDMI input and one HDMI output that are connected; nothing draws over the picture."""
    machine.run("modprobe", "vivid", "n_devs=1", "node_types=0x101", "num_inputs=1", "input_types=3", "num_outputs=1", "output_types=1",
                "vid_cap_nr=20", "vid_out_nr=21")
    machine.run("udevadm", "settle")
    controls = subprocess.run(["v4l2-ctl", "-d", CAPTURE, "-l"], capture_output=True, text=True, check=True).stdout
    connected = next((line.split()[0] for line in controls.splitlines() if "is_connected_to" in line), None)
    machine.run("v4l2-ctl", "-d", CAPTURE, "-c", f"{connected}=2" if connected else "loop_video=1")
    machine.run("v4l2-ctl", "-d", CAPTURE, "-c", "osd_text_mode=2")
    machine.run("v4l2-ctl", "-d", OUTPUT, "--set-dv-bt-timings", "index=0")       # 640x480 at 59 Hz


def capture(width, height, frames):
    """What comes in while the output runs: raw YUYV frames."""
    machine.run("v4l2-ctl", "-d", CAPTURE, "--set-dv-bt-timings", "query")
    machine.run("v4l2-ctl", "-d", CAPTURE, f"--set-fmt-video=width={width},height={height},pixelformat=YUYV")
    with video.Node(CAPTURE) as node:
        node.start()
        return b"".join(node.frame().data for _ in range(frames))


def unload():
    machine.run("modprobe", "-r", "vivid")
