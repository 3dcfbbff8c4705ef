"""Debian 12: v4l2loopback 0.12.7, whose nodes are made when it is loaded, from /etc/camfx/devices.conf."""
import os
import pathlib
import signal
import time

import machine
import video
from outcome import wait_for
from parts.people import refused
from parts.readers import by_ffmpeg, by_gstreamer, by_v4l2_ctl, expect_film, keeps
from person import Person

CONF = pathlib.Path("/etc/camfx/devices.conf")
NODES = ["/dev/video62", "/dev/video63"]


def the_first_device_loads_the_nodes_of_devices_conf():
    machine.join_camfx("ada")
    CONF.write_text("63 camfx\n62 camfx desk\n", encoding="utf-8")
    with Person("ada") as ada:
        device = ada.create("camfx", width=640, height=480)
        assert ada.get(device, "Path") == "/dev/video63", ada.get(device, "Path")
        assert video.nodes() == NODES, video.nodes()
        assert video.chromium_lists("/dev/video63") == [("YUYV", 640, 480)], video.chromium_lists("/dev/video63")


def further_devices_are_handed_out_while_there_are_nodes():
    with Person("ada") as ada:
        device = ada.create("camfx desk", width=320, height=240)
        assert ada.get(device, "Path") == "/dev/video62"
        message = refused("Unsupported", ada.create, "camfx third", width=320, height=240)
        assert "devices.conf" in message, f"the remedy is not named: {message}"
        ada.remove(device)
        again = ada.create("camfx desk", width=640, height=480)
        assert ada.get(again, "Path") == "/dev/video62", "a removed device gives its node back"
        ada.remove(again)
        assert video.nodes() == NODES, "the nodes are the module's and stay"


def ffmpeg_gstreamer_and_v4l2_ctl_read_it():
    with Person("ada") as ada:
        device = next(iter(ada.devices()))
        ada.attach(device, 640, 480, 4)
        for read in (by_ffmpeg, by_gstreamer, by_v4l2_ctl):
            expect_film(read("/dev/video63", 640, 480), 640, 480, read.__name__, keeps(read, buffers=8))


def give_back(node):
    """The number of the buffer that the next frame is in."""
    index, _ = node.take()
    node.give(index)
    return index


def the_driver_gives_out_a_buffer_that_the_app_has():
    """get_capture_buffer() goes by the number of the frame and not by what is queued; v4l2src ends when it meets that, and docs/devices.md says so."""
    with Person("ada") as ada, video.Node("/dev/video63") as node:
        ada.attach(next(iter(ada.devices())), 640, 480, 10)
        node.start()
        buffers = 1 + max(give_back(node) for _ in range(16))       # of those it has, the fewest that any app ever asked for
        for _ in range(40):
            first, early = node.take()
            time.sleep(buffers / 10)
            second, late = node.take()
            passed = late.sequence - early.sequence
            assert (first == second) == (passed % buffers == 0), f"buffer {first}, then {second} after {passed} frames, of {buffers} buffers"
            for index in {first, second}:
                node.give(index)
            if first == second:
                return
    raise AssertionError("the driver never gave out a buffer twice: it has changed, and so should docs/devices.md")


def it_stays_a_camera_when_the_helper_is_killed():
    with Person("ada") as ada, video.Node("/dev/video63") as node:
        node.start()
        for _ in range(5):
            pid = machine.helper_pid()
            os.kill(pid, signal.SIGKILL)
            wait_for(lambda: machine.helper_pid() not in (0, pid), "the helper's return")
            machine.helper_answers()
            assert video.chromium_lists("/dev/video63") == [("YUYV", 640, 480)], video.chromium_lists("/dev/video63")
            assert [entry["Path"] for entry in ada.devices().values()] == ["/dev/video63"], ada.devices()
            for _ in range(3):
                node.frame()


TESTS = [the_first_device_loads_the_nodes_of_devices_conf, further_devices_are_handed_out_while_there_are_nodes, ffmpeg_gstreamer_and_v4l2_ctl_read_it,
         the_driver_gives_out_a_buffer_that_the_app_has, it_stays_a_camera_when_the_helper_is_killed]
