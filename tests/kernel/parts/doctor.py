"""`camfx doctor` on a machine where things really are as they should be, and really are not."""
import json
import os
import pathlib
import shutil
from contextlib import contextmanager

import machine
from outcome import wait_for
from service import FPS, HEIGHT, MEDIA, WIDTH, Service, Viewer

OLD = "bookworm" in pathlib.Path("/etc/os-release").read_text(encoding="utf-8")     # v4l2loopback 0.12: no control node, no tokens
MODPROBE = pathlib.Path("/etc/modprobe.d")
MODULES = pathlib.Path("/lib/modules")
# A machine without a webcam and without a desktop's portal.
EXPECTED = {"camera", "camera portal"} | ({"helper: control"} if OLD else set())
bob = Service("bob")


def look(code):
    """What doctor finds, by topic: (severity, message, remedy) of the worst."""
    answer = json.loads(bob.doctor("--json", code=code))
    order = ("ok", "warning", "problem")
    found = {}
    for finding in sorted(answer["findings"], key=lambda finding: order.index(finding["severity"])):
        found[finding["topic"]] = (finding["severity"], finding["message"], finding["remedy"])
    assert answer["problems"] == sum(finding["severity"] == "problem" for finding in answer["findings"])
    return found


def expect(found, severity, topics):
    """Exactly these topics have that severity, each with a remedy where a command is one."""
    worst = {topic: entry for topic, entry in found.items() if entry[0] == severity}
    assert set(worst) == set(topics), worst
    for topic, (_, message, remedy) in worst.items():
        assert message.endswith(".") and (remedy or topic == "camera"), (topic, message, remedy)


def where_all_is_well_there_is_no_problem():
    machine.sit_down("bob")
    bob.systemctl("start", *MEDIA)
    bob.camfx("start")
    bob.node_when_ready()
    bob.camfx("camera", "set", "camfx", f"size={WIDTH}x{HEIGHT}", f"fps={FPS}", "source=test:counter")
    bob.node_when_ready()
    found = look(code=0)
    expect(found, "problem", [])
    expect(found, "warning", EXPECTED)
    for topic in ("camfx", "PipeWire", "WirePlumber", "camfx-helper", "permission", "kernel module", "Chromium, devices", "Firefox, devices"):
        assert found[topic][0] == "ok", found[topic]


@contextmanager
def configured(**files):
    """Files in modprobe.d."""
    paths = [MODPROBE / f"{name}.conf" for name in files]
    for path, text in zip(paths, files.values()):
        path.write_text(text + "\n", encoding="utf-8")
    try:
        yield
    finally:
        for path in paths:
            path.unlink()


def an_app_that_has_the_node_options_of_others_and_no_session_manager_are_found():
    bob.systemctl("stop", "wireplumber.service")
    options = "options v4l2loopback exclusive_caps=0 devices=1"
    with Viewer("bob", bob.node_when_ready()) as viewer, configured(**({"obs": options} if OLD else {"obs": options, "zoom": options})):
        viewer.sees("counter", "the film")
        found = look(code=1)
    if OLD:
        expect(found, "problem", ["WirePlumber", "modprobe options"])
        assert "obs.conf" in found["modprobe options"][1], found
        return
    expect(found, "problem", ["WirePlumber"])
    expect(found, "warning", EXPECTED | {"device readers", "modprobe options"})
    assert f"'python3' (process {viewer.pid})" in found["device readers"][1], found["device readers"]
    assert "obs.conf" in found["modprobe options"][1] and "zoom.conf" in found["modprobe options"][1], found["modprobe options"]


def no_pipewire_a_masked_helper_and_a_module_for_another_kernel_are_found():
    bob.systemctl("stop", "camfx.service", "pipewire.socket", *MEDIA)
    machine.run("systemctl", "stop", machine.HELPER_UNIT)
    machine.run("systemctl", "mask", machine.HELPER_UNIT)
    wait_for(lambda: machine.run("modprobe", "-r", "v4l2loopback", check=False).returncode == 0, "the end of the module's nodes")
    release = os.uname().release
    built = next((MODULES / release).rglob("v4l2loopback.ko*"))
    other = MODULES / "6.0.0-other/updates"
    other.mkdir(parents=True)
    shutil.move(built, other)
    machine.run("depmod")
    machine.run("depmod", other.parent.name)
    try:
        found = look(code=1)
    finally:
        shutil.move(other / built.name, built)
        machine.run("depmod")
        machine.run("systemctl", "unmask", machine.HELPER_UNIT)
    expect(found, "problem", ["PipeWire", "camfx-helper", "kernel module"])
    assert found["camfx-helper"][2] == "sudo systemctl unmask camfx-helper.service", found["camfx-helper"]
    assert "6.0.0-other" in found["kernel module"][1] and f"linux-headers-{release}" in found["kernel module"][2], found["kernel module"]


def a_module_that_somebody_forbade_is_found():
    with configured(never="install v4l2loopback /bin/false"):
        found = look(code=1)
    expect(found, "problem", ["PipeWire", "module loading"])
    assert "never.conf" in found["module loading"][1], found["module loading"]


TESTS = [where_all_is_well_there_is_no_problem, an_app_that_has_the_node_options_of_others_and_no_session_manager_are_found,
         no_pipewire_a_masked_helper_and_a_module_for_another_kernel_are_found, a_module_that_somebody_forbade_is_found]
