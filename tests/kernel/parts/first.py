"""The first minutes after a boot: the module, the rights of everything, what the helper may do."""
import os
import pathlib
import stat

import machine
import video
from outcome import wait_for
from person import ROOT_OBJECT, Person, Refused, run_as

MODULE = pathlib.Path("/sys/module/v4l2loopback")
CONTROL = "/dev/v4l2loopback"


def rights(path):
    status = os.stat(path)
    return stat.S_IMODE(status.st_mode), machine.name_of_user(status.st_uid), machine.name_of_group(status.st_gid)


def who_is_nobody_special_loads_no_module():
    with Person("bob") as bob:
        try:
            bob.create()
            raise AssertionError("bob made a device")
        except Refused as refused:
            assert refused.name == "NotPermitted", refused
    assert not MODULE.exists(), "the module was loaded all the same"


def the_first_device_after_a_boot_loads_the_module():
    assert not MODULE.exists() and not video.nodes(), "the module is loaded before anybody asked for a device"
    machine.join_camfx("ada")
    with Person("ada") as ada:
        device = ada.create("camfx", width=640, height=480)
        assert ada.get(device, "Path") == "/dev/video63", ada.get(device, "Path")
        assert ada.get(device, "Backend") == "v4l2loopback"
        assert ada.get(device, "Owner") == ada.uid
        backends = {name: (available, why) for name, available, why in ada.get(ROOT_OBJECT, "Backends")}
        assert backends["v4l2loopback"][0], backends
    assert MODULE.exists()
    assert video.nodes() == ["/dev/video63"], f"nodes: {video.nodes()}"


def chromium_lists_the_device_before_anybody_shows_a_picture():
    found = wait_for(lambda: video.chromium_lists("/dev/video63"), "an answer")
    assert found == [("YUYV", 640, 480)], found
    assert video.ask("/dev/video63").card == "camfx"
    with video.Node("/dev/video63", os.O_RDONLY) as node:
        intervals = node.intervals("YUYV", 640, 480)
    assert intervals == [(video.DISCRETE, 1, 30)], intervals


def the_nodes_belong_to_who_may_use_them():
    assert rights(CONTROL)[:2] == (0o660, "camfx"), rights(CONTROL)
    assert rights(CONTROL)[2] in ("root", "video"), rights(CONTROL)
    assert rights("/dev/video63") == (0o660, "camfx", "video"), rights("/dev/video63")
    for path in (CONTROL, "/dev/video63"):
        assert run_as("bob", "test", "-r", path).returncode == 1, f"bob may read {path}"


def who_sits_at_the_machine_reads_the_node():
    with machine.seat("bob"):
        wait_for(lambda: run_as("bob", "test", "-r", "/dev/video63").returncode == 0, "bob's right to read the node")
        assert run_as("bob", "test", "-r", CONTROL).returncode == 1, "bob may make nodes without being asked"
    wait_for(lambda: run_as("bob", "test", "-r", "/dev/video63").returncode == 1, "the end of bob's right")


def the_helper_has_no_rights_it_does_not_need():
    status = machine.status_of(machine.helper_answers())
    for key in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        assert int(status[key], 16) == 0, f"{key} is {status[key]}"
    assert status["NoNewPrivs"] == "1" and status["Seccomp"] == "2", status
    camfx = machine.user_id("camfx")
    assert status["Uid"].split() == [str(camfx)] * 4, status["Uid"]
    groups = {machine.name_of_group(int(group)) for group in status["Groups"].split()}
    assert groups == {"camfx", "video"}, groups
    pid = machine.helper_pid()
    interfaces = [line.split(":")[0].strip() for line in pathlib.Path(f"/proc/{pid}/net/dev").read_text(encoding="utf-8").splitlines()[2:]]
    assert interfaces == ["lo"], interfaces


def its_user_starts_one_unit_and_nothing_else():
    assert run_as("camfx", "systemctl", "--no-ask-password", "start", "camfx-modules.service").returncode == 0
    for command in (("stop", "camfx-modules.service"), ("start", "systemd-hostnamed.service"), ("restart", "camfx-modules.service")):
        assert run_as("camfx", "systemctl", "--no-ask-password", *command).returncode != 0, f"it may {command}"
    assert run_as("ada", "systemctl", "--no-ask-password", "start", "camfx-modules.service").returncode != 0, "ada may start it herself"


def nobody_elses_program_takes_the_bus_name():
    done = run_as("ada", "busctl", "call", "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName", "su",
                  "org.camfx.Helper1", "2")
    assert done.returncode != 0 and "denied" in done.stderr.lower(), done.stderr or done.stdout


def systemd_and_udev_take_the_installed_files():
    machine.run("udevadm", "verify", "/usr/lib/udev/rules.d/60-camfx.rules")
    machine.run("systemd-analyze", "verify", "camfx-helper.service", "camfx-modules.service")
    log = machine.run("journalctl", "--no-pager", "-b", "-g", "camfx-(helper|modules).service:[0-9]+", check=False).stdout
    assert "Unknown" not in log and "ignoring" not in log, log


def a_removed_device_is_gone_and_its_number_free():
    with Person("ada") as ada:
        ada.remove(next(iter(ada.devices())))
        wait_for(lambda: not video.nodes(), "the end of the node")
        assert ada.devices() == {}
        device = ada.create("camfx", width=640, height=480)
        assert ada.get(device, "Path") == "/dev/video63"
        ada.remove(device)


TESTS = [
    who_is_nobody_special_loads_no_module, the_first_device_after_a_boot_loads_the_module,
    chromium_lists_the_device_before_anybody_shows_a_picture, the_nodes_belong_to_who_may_use_them, who_sits_at_the_machine_reads_the_node,
    the_helper_has_no_rights_it_does_not_need, its_user_starts_one_unit_and_nothing_else, nobody_elses_program_takes_the_bus_name,
    systemd_and_udev_take_the_installed_files, a_removed_device_is_gone_and_its_number_free,
]
