"""The source camera: on the kernel's test driver vivid, a webcam that is unplugged and plugged in, taken by others, and whose controls are kept."""
import json
import os
import pathlib
import subprocess
import sys
import threading
import time

import machine
import vivid
from outcome import note, wait_for

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "sdk/python"))
import camfx_queue      # noqa: E402

CAMFX, NODE, RUNTIME, STATE = "/usr/bin/camfx", "/dev/video20", "/tmp/cameras-runtime", "/tmp/cameras-state"
DRIVER = pathlib.Path("/sys/bus/platform/drivers/vivid")
WIDTH, HEIGHT = 640, 360
FRAME = WIDTH * HEIGHT * 3 // 2
RAW = ["YUYV", "UYVY", "YU12", "YV12", "NV12", "NV21", "422P", "RGB3", "BGR3", "AR24", "XR24", "GREY"]
os.environ.update(XDG_RUNTIME_DIR=RUNTIME, XDG_STATE_HOME=STATE)


class Shown:
    """`camfx run` with a camera as its source, seen through its queue and its statistics."""

    def __init__(self, source="camera:"):
        os.makedirs(RUNTIME, mode=0o700, exist_ok=True)
        command = [CAMFX, "run", "--source", source, "--name", "seen", "--size", f"{WIDTH}x{HEIGHT}", "--output", "queue", "--stats"]
        self._camfx = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.stats = {}
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        wait_for(lambda: self.stats or self._camfx.poll() is not None, "camfx's first word")
        self.queue = camfx_queue.connect("seen")

    def _read(self):
        for line in self._camfx.stdout:
            self.stats = json.loads(line)

    def see(self, flags):
        """Waits for a frame with these flags, and returns when it came and a row of its luma."""
        for frame in self.queue.frames(timeout=60):
            with frame:
                if frame.flags == flags:
                    return time.monotonic(), bytes(frame.plane(0)[(HEIGHT // 3) * WIDTH:(HEIGHT // 3 + 1) * WIDTH])
        raise AssertionError(f"no frame with the flags {flags} within 60 s; {self.stats}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.queue.close()
        self._camfx.terminate()
        self._camfx.wait()
        self._reader.join()


def plug():
    """Loads vivid as a webcam, or plugs it in again."""
    if DRIVER.exists():
        (DRIVER / "bind").write_text("vivid.0", encoding="ascii")
    else:
        machine.run("modprobe", "vivid", "n_devs=1", "node_types=0x1", "num_inputs=1", "input_types=0", "vid_cap_nr=20")
        machine.run("udevadm", "settle")
        machine.run("v4l2-ctl", "-d", NODE, "-c", "osd_text_mode=2")


def unplug():
    (DRIVER / "unbind").write_text("vivid.0", encoding="ascii")


def controls():
    return {entry["key"]: entry for entry in json.loads(machine.run(CAMFX, "source", "controls", "camera:", "--json").stdout)["controls"]}


def it_is_listed_with_its_formats():
    plug()
    sources = json.loads(machine.run(CAMFX, "source", "list", "--json").stdout)["sources"]
    assert [(entry["uri"], entry["path"], entry["driver"]) for entry in sources] == [("camera:platform:vivid-000", NODE, "vivid")], sources
    formats = {mode["format"] for mode in sources[0]["modes"]}
    assert formats.issuperset(RAW), set(RAW) - formats


def every_raw_format_shows_the_same_picture_for_one_copy_a_frame():
    expected = None
    for code in RAW:
        with Shown(f"camera:?format={code}&size={WIDTH}x{HEIGHT}") as shown:
            _, row = shown.see(0)
            expected = expected or row
            # The driver weighs its colours otherwise for grey: only its white and black are the same.
            wrong = [x for x in (range(8, WIDTH, 16) if code != "GREY" else (8, WIDTH - 8)) if abs(row[x] - expected[x]) > 3]
            assert not wrong, f"{code} differs from {RAW[0]} at {wrong}: {row[::40].hex()} and {expected[::40].hex()}"
            stats = wait_for(lambda: shown.stats["published"] > 20 and shown.stats, "frames")
            copied, rest = divmod(stats["source_copied_bytes"], FRAME)
            # Some frames are cards at the start, and some pass between the reading of one counter and the next; two copies a frame would be far more.
            assert rest == 0 and stats["published"] // 2 <= copied <= stats["published"] + 10, stats
            assert (stats["source_corrupted"], stats["source_opened"]) == (0, 1), stats


def every_memory_type_shows_the_same_picture():
    rows = {}
    for memory in ("mmap", "userptr", "dmabuf", "read"):
        with Shown(f"camera:?format=YUYV&size={WIDTH}x{HEIGHT}&memory={memory}") as shown:
            _, rows[memory] = shown.see(0)
            stats = wait_for(lambda: shown.stats["published"] > 20 and shown.stats, "frames")
            # Pictures that are read() are copied into our memory first, 2 bytes a pixel.
            assert memory == "read" or stats["source_copied_bytes"] % FRAME == 0, (memory, stats)
            assert (stats["source_corrupted"], stats["source_opened"]) == (0, 1), (memory, stats)
    wrong = [memory for memory, row in rows.items() if any(abs(row[x] - rows["mmap"][x]) > 3 for x in range(8, WIDTH, 16))]
    assert not wrong, f"{wrong} differ from mmap: {rows}"


def frames_that_flow_allocate_nothing():
    def a_second_of_frames():
        before = shown.stats
        wait_for(lambda: shown.stats is not before, "the next second")
        after = shown.stats
        frames, taken = after["published"] - before["published"], after["allocated_bytes"] - before["allocated_bytes"]
        return frames > 5 and taken < 64 * frames
    with Shown() as shown:
        shown.see(0)
        wait_for(a_second_of_frames, "a second of frames for which nothing was allocated")


def unplugged_it_is_a_card_and_plugged_in_again_the_same_camera():
    with Shown() as shown:
        shown.see(0)
        cards, pictures = [], []
        time.sleep(5)       # the first card looks for its fonts, as soon as there are pictures
        for _ in range(3):
            began = time.monotonic()
            unplug()
            seen, _ = shown.see(camfx_queue.PLACEHOLDER)
            cards.append(seen - began)
            wait_for(lambda: "unplugged" in (shown.stats["reason"] or ""), "the reason")
            began = time.monotonic()
            plug()
            seen, _ = shown.see(0)
            pictures.append(seen - began)
        assert shown.stats["source_opened"] == 1, shown.stats
    note("a camera that is unplugged", "a card after " + ", ".join(f"{1000 * took:.0f}" for took in cards) + " ms; plugged in, a picture after "
         + ", ".join(f"{1000 * took:.0f}" for took in pictures) + " ms (3 times each, unbinding and binding the driver included)")
    assert max(pictures) < 5, pictures


def taken_by_another_program_that_is_named_and_it_comes_when_that_ends():
    other = subprocess.Popen(["v4l2-ctl", "-d", NODE, "--stream-mmap", "--stream-to=/dev/null"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        with Shown() as shown:
            shown.see(camfx_queue.PLACEHOLDER)
            reason = wait_for(lambda: shown.stats["reason"], "the reason")
            assert "in use by 'v4l2-ctl'" in reason and str(other.pid) in reason, reason
            other.kill()
            other.wait()
            shown.see(0)
    finally:
        other.kill()
        other.wait()


def controls_are_set_kept_and_set_again():
    assert controls()["brightness"]["value"] == 128
    machine.run(CAMFX, "source", "controls", "camera:", "set", "brightness=77", "horizontal_flip=on")
    assert "77" in machine.run("v4l2-ctl", "-d", NODE, "-C", "brightness").stdout
    unplug()
    plug()
    wait_for(lambda: os.path.exists(NODE), "the camera")
    machine.run("udevadm", "settle")
    assert controls()["brightness"]["value"] == 128, "the driver forgets"
    with Shown() as shown:
        shown.see(0)
        found = controls()
        assert (found["brightness"]["value"], found["horizontal_flip"]["value"]) == (77, 1), found
    machine.run(CAMFX, "source", "controls", "camera:", "reset")
    assert controls()["brightness"]["value"] == 128
    assert not list(pathlib.Path(STATE).rglob("*.json"))


def a_camera_that_is_not_there_is_an_error_in_one_sentence():
    unplug()
    done = machine.run(CAMFX, "run", "--source", "camera:", check=False)
    assert done.returncode == 5 and done.stderr.startswith("camfx: There is no camera here"), (done.returncode, done.stderr)
    plug()


def a_cameras_frames_reach_an_output_node_by_dma_bufs():
    machine.run("modprobe", "-r", "vivid")
    number = vivid.OUTPUT.removeprefix("/dev/video")
    with vivid.connected():
        machine.run(CAMFX, "device", "add", "camfx", "backend=v4l2-output", f"number={number}", "width=640", "height=480")
        command = [CAMFX, "run", "--source", "test:ball", "--size", "640x480", "--output", "device", "--idle", "always"]
        camfx = subprocess.Popen(command, stdout=subprocess.DEVNULL)

        def device():
            return json.loads(machine.run(CAMFX, "device", "list", "--json").stdout)[0]
        try:
            wait_for(lambda: device()["memory"] == "dmabuf" and device()["state"] == "streaming", "frames by dma-bufs", 120)
            before = device()["statistics"]
            wait_for(lambda: device()["statistics"]["frames"] > before["frames"] + 30, "frames")
            after = device()["statistics"]
            assert after["copied-bytes"] == before["copied-bytes"] and after["faults"] == 0, (before, after)
        finally:
            camfx.terminate()
            camfx.wait()


TESTS = [it_is_listed_with_its_formats, every_raw_format_shows_the_same_picture_for_one_copy_a_frame, every_memory_type_shows_the_same_picture,
         frames_that_flow_allocate_nothing, unplugged_it_is_a_card_and_plugged_in_again_the_same_camera,
         taken_by_another_program_that_is_named_and_it_comes_when_that_ends,
         controls_are_set_kept_and_set_again, a_camera_that_is_not_there_is_an_error_in_one_sentence,
         a_cameras_frames_reach_an_output_node_by_dma_bufs]
