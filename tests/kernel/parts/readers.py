"""What apps read from a device: ffmpeg, GStreamer, v4l2-ctl and our own reader, at every size; readers beside each other; who watches."""
import errno
import os
import pathlib
import subprocess
import tempfile
from contextlib import contextmanager

import counter
import machine
import video
from outcome import Skipped, note, times, wait_for
from person import Person, as_user, run_as

SIZES = [(320, 240), (640, 480), (1280, 720), (1920, 1080)]
FRAMES = 16         # the first ones are placeholders: nobody watched before


@contextmanager
def showing(width, height, fps=10, label="camfx", **options):
    """ada's device with a queue attached; gives her, the device and its path."""
    machine.join_camfx("ada")
    with Person("ada") as ada:
        device = ada.create(label, width=width, height=height, fps=float(fps), **options)
        ada.attach(device, width, height, fps)
        try:
            yield ada, device, ada.get(device, "Path")
        finally:
            ada.remove(device)


def film(data, width, height, keeps=0):
    """The counters of the raw YUYV frames that an app read, placeholders left out; each is whole.

    The first ones are left out as well, as many as the app keeps buffers while it gets ready to look at them: v4l2_loopback_write() fills the buffers in
    turn and never asks who has them, so that such a buffer shows a frame that comes later, or two halves.
    """
    size = width * 2 * height
    assert data and len(data) % size == 0, f"{len(data)} bytes are no frames of {size}"
    found = [counter.read(data[start:start + size], width, height) for start in range(keeps * size, len(data), size)]
    return [reading.counter for reading in found if reading]


def expect_film(data, width, height, who, keeps=0):
    """Frames of the film, each whole, in order, and not all the same."""
    found = film(data, width, height, keeps)
    assert len(found) >= FRAMES // 4, f"{who} got {len(found)} frames of the film"
    assert found == sorted(found) and len(set(found)) > 1, f"{who}: {found}"


def read_with(*command, stdout=None):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=stdout or subprocess.PIPE, stderr=subprocess.PIPE, timeout=120, check=False)
    assert done.returncode == 0, f"{command[0]} ended with {done.returncode}: {done.stderr[-300:]}"
    return done.stdout


def by_ffmpeg(path, width, height):
    return read_with("ffmpeg", "-v", "error", "-f", "v4l2", "-input_format", "yuyv422", "-video_size", f"{width}x{height}", "-i", path,
                     "-frames:v", str(FRAMES), "-fps_mode", "passthrough", "-f", "rawvideo", "-")


def by_gstreamer(path, width, height):
    # Without the sink's last sample: v4l2loopback may give out a buffer that the app still has (get_capture_buffer), which ends v4l2src. docs/devices.md
    return read_with("gst-launch-1.0", "-q", "v4l2src", f"device={path}", f"num-buffers={FRAMES}", "!",
                     f"video/x-raw,format=YUY2,width={width},height={height}", "!", "fdsink", "fd=1", "enable-last-sample=false")


def by_v4l2_ctl(path, width, height):
    with tempfile.NamedTemporaryFile() as file:
        read_with("v4l2-ctl", "-d", path, "--stream-mmap=4", f"--stream-count={FRAMES}", f"--stream-to={file.name}")
        file.seek(0)
        return file.read()


def by_read(path, width, height):
    """read(2) instead of buffers."""
    with video.Node(path, os.O_RDWR) as node:
        return b"".join(os.read(node.fd, width * 2 * height) for _ in range(FRAMES))


def keeps(read, buffers=4):
    """How many buffers the app keeps while it opens its output."""
    if read is by_ffmpeg:
        return buffers - 2      # it copies as soon as one is left to the driver (libavdevice/v4l2.c, mmap_read_frame)
    return 1 if read is by_gstreamer else 0


def _reads(width, height):
    def test():
        # v4l2loopback draws over what a reader still has when that is four frames late, so they come slowly: the machine may be emulated, and busy.
        with showing(width, height, fps=4) as (_, _, path):
            for read in (by_ffmpeg, by_gstreamer, by_v4l2_ctl, by_read):
                expect_film(read(path, width, height), width, height, read.__name__, keeps(read))
    test.__name__ = f"ffmpeg_gstreamer_v4l2_ctl_and_read_see_whole_frames_in_order_at_{width}x{height}"
    return test


def first_of_film(node, width, height):
    """The first frame that is of the film, which comes when the helper has seen somebody watch."""
    while not (reading := counter.read(node.frame().data, width, height)):
        pass
    return reading


def a_buffer_that_an_app_keeps_is_drawn_over():
    """The driver's way (v4l2_loopback_write), for which some first frames are left out above: who keeps a buffer finds a later frame in it."""
    with showing(320, 240) as (_, _, path), video.Node(path) as node:
        node.start()
        first_of_film(node, 320, 240)
        index, frame = node.take()
        kept = counter.read(frame.data, 320, 240).counter

        def later():
            try:
                return counter.read(node.look(index), 320, 240)
            except AssertionError:      # it is being drawn
                return None
        wait_for(lambda: (reading := later()) and reading.counter > kept, "a later frame in a buffer that is kept")


def a_second_reader_of_a_node_is_told_who_has_it():
    with showing(320, 240) as (ada, device, path), video.Node(path) as first, video.Node(path) as second:
        first.start()
        first.frame()
        try:
            second.start()
            raise AssertionError("two readers stream from one node; v4l2loopback has changed, and so should readers=")
        except OSError as error:
            assert error.errno == errno.EBUSY, error
        first.frame()
        wait_for(lambda: ada.get(device, "Watched"), "Watched")
        # The driver says EBUSY and no more. Who it is, is found among one's own processes; root sees everybody's.
        me = f"{path} is in use by 'python3' (process {os.getpid()}), and the next app finds it busy; close one app"
        remedy = f"'camfx device set {path} readers=2'"
        listed = machine.run("camfx", "device", "list").stdout
        assert me in listed and remedy in listed, listed
        seen_by_ada = run_as("ada", "camfx", "device", "list").stdout
        assert "is in use by a program of another user" in seen_by_ada and remedy in seen_by_ada, seen_by_ada


def a_device_for_two_readers_has_two():
    with showing(320, 240, readers=2) as (ada, device, _):
        paths = ada.get(device, "Paths")
        assert [video.ask(path).card for path in paths] == ["camfx", "camfx 2"], paths
        with video.Node(paths[0]) as first, video.Node(paths[1]) as second:
            for node in (first, second):
                node.start()
            for node in (first, second):
                first_of_film(node, 320, 240)
                shown = [counter.read(node.frame().data, 320, 240).counter for _ in range(5)]
                assert len(set(shown)) > 1 and shown == sorted(shown), shown


def watched_says_whether_an_app_streams():
    with showing(320, 240) as (ada, device, path):
        assert not ada.get(device, "Watched")
        for _ in range(times(20, 3)):
            video.ask(path)                 # looking around is not watching
        assert not ada.get(device, "Watched")
        with video.Node(path) as node:
            node.start()
            wait_for(lambda: ada.get(device, "Watched"), "Watched")
        wait_for(lambda: not ada.get(device, "Watched"), "the end of Watched")


def frame_times_never_go_back():
    """Across placeholder, film and placeholder again: browsers freeze when they do."""
    with showing(320, 240) as (ada, device, path), video.Node(path) as node:
        node.start()
        first_of_film(node, 320, 240)
        frames = [node.frame() for _ in range(5)]
        ada.detach(device)
        frames += [node.frame() for _ in range(10)]
        ada.attach(device, 320, 240, 10)
        frames += [node.frame() for _ in range(20)]
        stamps = [frame.time for frame in frames]
        assert stamps == sorted(stamps), [late - early for early, late in zip(stamps, stamps[1:])]
        kinds = [counter.read(frame.data, 320, 240) is not None for frame in frames]
        assert kinds[0] and kinds[-1] and not all(kinds), kinds


def the_placeholder_comes_often_enough_for_chromium():
    """Chromium starts anew when a second passes without a frame."""
    machine.join_camfx("ada")
    with Person("ada") as ada:
        device = ada.create("camfx", width=640, height=480)
        with video.Node(ada.get(device, "Path")) as node:
            node.start()
            stamps = [node.frame().time for _ in range(12)]
        longest = max(late - early for early, late in zip(stamps, stamps[1:])) / 1e6
        note("placeholder", f"at most {longest:.2f} s between two frames")
        assert len(set(stamps)) == len(stamps), stamps
        ada.remove(device)


def the_helper_is_small_and_rests_when_nobody_watches():
    machine.join_camfx("ada")
    with Person("ada") as ada:
        devices = [ada.create(f"camfx {number}", width=1920, height=1080) for number in range(2)]
        for device in devices:
            ada.attach(device, 1920, 1080, 5)
            with video.Node(ada.get(device, "Path")) as node:
                node.start()
                first_of_film(node, 1920, 1080)
            ada.detach(device)
        wait_for(lambda: not any(ada.get(device, "Watched") for device in devices), "the end of Watched")
        pid = machine.helper_pid()
        status = machine.status_of(pid)
        threads = [task.read_text(encoding="utf-8").strip() for task in pathlib.Path(f"/proc/{pid}/task").glob("*/comm")]
        ours = [name for name in threads if not name.startswith(".NET ")]
        assert sorted(ours) == ["camfx-helper", "device", "device"], f"one thread for each device and one besides, not {threads}"
        resident = sum(int(status[key].split()[0]) for key in ("RssAnon", "RssFile")) / 1024
        seconds = 10
        before = machine.cpu_seconds(pid)
        subprocess.run(["sleep", str(seconds)], check=True)
        idle = (machine.cpu_seconds(pid) - before) / seconds * 100
        note("helper, two 1080p nodes", f"RssAnon + RssFile {resident:.1f} MB (goal: at most 32), {len(ours)} threads and {len(threads) - len(ours)} of the runtime, idle {idle:.2f} % of an "
             "(emulated) processor")
        assert resident <= 32, f"RssAnon + RssFile is {resident:.1f} MB, more than 32"
        for device in devices:
            ada.remove(device)


def the_session_shows_its_camera_as_a_device():
    """`camfx run --output device`: the whole way from a source to what an app reads."""
    machine.join_camfx("ada")
    if "device" not in run_as("ada", "camfx", "run", "--help").stdout:
        raise Skipped("camfx run has no output called device")
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(["camfx", "run", "--source", "test:counter", "--size", "640x480", "--fps", "10", "--output", "device"],
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=log, **as_user("ada"))
        try:
            with Person("ada") as ada:
                device = wait_for(lambda: next(iter(ada.devices() or {}), None), "the session's device")
                path = ada.get(device, "Path")
                for read in (by_ffmpeg, by_gstreamer):
                    found = wait_for(lambda: film(read(path, 640, 480), 640, 480, keeps(read)), "frames of the film", 60)
                    assert found == sorted(found), found
                process.terminate()
                process.wait(30)
        except AssertionError as error:
            log.seek(0)
            raise AssertionError(f"{error}; camfx said: {log.read()[-600:].decode()}") from error
        finally:
            process.kill()
            process.wait()


TESTS = [
    *(_reads(*size) for size in SIZES), a_buffer_that_an_app_keeps_is_drawn_over, a_second_reader_of_a_node_is_told_who_has_it,
    a_device_for_two_readers_has_two,
    watched_says_whether_an_app_streams, frame_times_never_go_back, the_placeholder_comes_often_enough_for_chromium,
    the_helper_is_small_and_rests_when_nobody_watches, the_session_shows_its_camera_as_a_device,
]
