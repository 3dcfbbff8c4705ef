"""A user's camfx service, asked and steered as that user does it."""
import json
import pathlib
import subprocess
import sys
import threading

import machine
from outcome import wait_for
from person import HERE, as_user, run_as

BUS, ROOT = "org.camfx.Camfx1", "/org/camfx/Camfx1"
CAMERA = f"{ROOT}/cameras/camfx"
UNIT = "camfx.service"
MEDIA = ("pipewire.service", "wireplumber.service")
WIDTH, HEIGHT, FPS = 320, 240, 5


class Service:
    """The service of one user."""

    def __init__(self, user):
        self.user, self.home = user, pathlib.Path("/home") / user

    def run(self, *command, code=0):
        done = run_as(self.user, *command)
        assert done.returncode == code, f"{' '.join(command)} ended with {done.returncode}: {(done.stderr or done.stdout).strip()[-400:]}"
        return done.stdout

    def run_failing(self, *command, code):
        """What a command says that ends with that code."""
        done = run_as(self.user, *command)
        assert done.returncode == code, f"{' '.join(command)} ended with {done.returncode} and not {code}: {(done.stderr or done.stdout).strip()[-400:]}"
        return done.stderr

    def systemctl(self, *words):
        return self.run("systemctl", "--user", *words)

    def unit(self, name):
        return self.systemctl("show", "--value", "-p", name, UNIT).strip()

    def pid(self):
        return int(self.unit("MainPID"))

    def camfx(self, *words, code=0):
        return self.run("camfx", *words, code=code)

    def doctor(self, *words, code=0):
        """`camfx doctor` as a program of the user's session, which is what polkit asks about."""
        return self.run("systemd-run", "--user", "--pipe", "--wait", "--quiet", "--collect", "camfx", "doctor", *words, code=code)

    def busctl(self, *words):
        return json.loads(self.run("busctl", "--user", "--json=short", *words) or "null")

    def get(self, name):
        return self.busctl("get-property", BUS, CAMERA, "org.camfx.Camera1", name)["data"]

    def set(self, name, signature, value):
        self.run("busctl", "--user", "set-property", BUS, CAMERA, "org.camfx.Camera1", name, signature, value)

    def objects(self):
        """Every object with its interfaces and properties."""
        found = self.busctl("call", BUS, ROOT, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects")["data"][0]
        return {path: {name: {key: value["data"] for key, value in properties.items()} for name, properties in interfaces.items()}
                for path, interfaces in found.items()}

    def output(self, kind):
        """The properties of the camera's output of that kind; None when there is none."""
        outputs = [entry["org.camfx.Output1"] for entry in self.objects().values() if "org.camfx.Output1" in entry]
        return next((entry for entry in outputs if entry["Kind"] == kind), None)

    def node_when_ready(self):
        """The device's node, once the device has the camera's pictures."""
        device = {}

        def node():
            device.update(self.output("device") or {})
            return device.get("State") in ("ready", "streaming") and device["Target"]
        try:
            return wait_for(node, "the camera's device")
        except AssertionError as error:
            raise AssertionError(f"{error}; its output: {device}") from error

    def journal(self, *matches):
        """What the journal has of the service, each entry with its fields."""
        lines = machine.run("journalctl", "--no-pager", "-o", "json", f"_UID={machine.user_id(self.user)}", f"_SYSTEMD_USER_UNIT={UNIT}", *matches,
                            check=False).stdout
        return [json.loads(line) for line in lines.splitlines()]


class Viewer:
    """An app of the user's that plays a node; what it saw is in `seen`."""

    def __init__(self, user, path):
        self.seen = []
        self._process = subprocess.Popen([sys.executable, str(HERE / "viewer.py"), path, str(WIDTH), str(HEIGHT)], stdin=subprocess.DEVNULL,
                                         stdout=subprocess.PIPE, text=True, **as_user(user))
        self.pid = self._process.pid
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self):
        for line in self._process.stdout:
            self.seen.append(json.loads(line))

    def sees(self, what, text):
        """Waits until a frame shows that, which has not been seen yet."""
        seen = len(self.seen)
        wait_for(lambda: any(frame["shows"] == what for frame in self.seen[seen:]) or self._process.poll() is not None, text)
        assert self._process.poll() is None, f"the app on the node ended with {self._process.returncode} while it waited for {text}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        self._thread.join()
