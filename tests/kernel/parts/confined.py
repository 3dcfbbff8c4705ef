"""The service and the helper under the limits of their units, in a real session: whatever they need is left to them."""
import json
import os
import subprocess
from contextlib import contextmanager

import machine
from outcome import wait_for
from person import run_as

LAYER = "/usr/share/doc/camfx-dev/examples/layer.py"


def camfx(*words):
    done = run_as("ada", "camfx", *words)
    assert done.returncode == 0, f"camfx {' '.join(words)} ended with {done.returncode}: {done.stderr}"
    return done.stdout


def camera():
    return json.loads(camfx("status", "--json"))["cameras"][0]


def service_pid():
    return run_as("ada", "systemctl", "--user", "show", "--value", "-p", "MainPID", "camfx.service").stdout.strip()


@contextmanager
def watching(path):
    with subprocess.Popen(["v4l2-ctl", "-d", path, "--stream-mmap", "--stream-to=/dev/null"], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as reader:
        try:
            yield
        finally:
            reader.kill()


def preset():
    return run_as("ada", "systemctl", "--user", "is-enabled", "camfx.service").stdout.strip()


def nobody_has_the_service_who_did_not_ask_for_it():
    machine.run("systemctl", "--global", "preset", "camfx.service")
    assert preset() == "disabled", preset()
    run_as("ada", "systemctl", "--user", "enable", "camfx.service")
    assert preset() == "enabled", preset()
    run_as("ada", "systemctl", "--user", "disable", "camfx.service")


def a_session_streams_into_a_device_and_into_pipewire():
    machine.join_camfx("ada")
    assert run_as("ada", "systemctl", "--user", "start", "pipewire.service", "wireplumber.service").returncode == 0
    camfx("start")
    camfx("source", "set", "test:ball")
    outputs = wait_for(lambda: (found := {output["kind"]: output for output in camera()["outputs"]}).get("device", {}).get("target", "").startswith("/dev/") and found,
                       "a device", 90)
    assert {"pipewire", "device", "queue"} <= outputs.keys(), outputs
    path = outputs["device"]["target"]
    with watching(path):
        wait_for(lambda: camera()["state"] == "streaming", "a picture of the source", 60)


def a_plug_in_runs_in_a_cgroup_of_its_own():
    camfx("effect", "add", f"plugin:path=/usr/bin/python3,args={LAYER}")
    path = next(output["target"] for output in camera()["outputs"] if output["kind"] == "device")
    with watching(path):
        wait_for(lambda: "camfx" in run_as("ada", "systemctl", "--user", "list-units", "--type=scope", "--no-legend").stdout, "the plug-in's scope", 60)
    camfx("effect", "remove", "plugin")


def the_service_has_no_rights_it_does_not_need():
    status = machine.status_of(service_pid())
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2"), status
    assert os.stat(f"/proc/{service_pid()}").st_uid == machine.user_id("ada")
    limits = open(f"/proc/{service_pid()}/limits", encoding="utf-8").read()
    assert [line.split()[4] for line in limits.splitlines() if line.startswith("Max core")] == ["0"], limits


def the_helper_is_exposed_to_little():
    machine.helper_answers()
    done = machine.run("systemd-analyze", "security", "--no-pager", "--threshold=6", machine.HELPER_UNIT, check=False)
    assert done.returncode == 0, done.stdout.splitlines()[-1:]


def nothing_was_refused_that_was_wanted():
    """No line of either program says that the kernel refused something; the units' filters answer EPERM."""
    said = machine.run("journalctl", "--no-pager", "-b", "-o", "cat", "-t", "camfx", "-t", "camfx-helper", check=False).stdout
    assert "EPERM" not in said and "not permitted" not in said, said
    log = machine.run("journalctl", "--no-pager", "-b", "-g", "camfx(-helper|-modules)?.service", check=False).stdout
    assert "Failed to" not in log and "Unknown" not in log and "ignoring" not in log, log


TESTS = [
    nobody_has_the_service_who_did_not_ask_for_it, a_session_streams_into_a_device_and_into_pipewire, a_plug_in_runs_in_a_cgroup_of_its_own,
    the_service_has_no_rights_it_does_not_need, the_helper_is_exposed_to_little, nothing_was_refused_that_was_wanted,
]
