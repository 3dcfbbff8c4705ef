"""A user of the machine, with a connection to the system bus that belongs to a process of theirs."""
import json
import os
import pathlib
import pwd
import signal
import subprocess
import sys

from outcome import wait_for

HERE = pathlib.Path(__file__).resolve().parent
HELPER, DEVICE = "org.camfx.Helper1", "org.camfx.Device1"
ROOT_OBJECT = "/org/camfx/Helper1"


class Refused(Exception):
    """The helper, or the bus, answered with an error."""

    def __init__(self, name, message):
        super().__init__(f"{name}: {message}")
        self.name, self.message = name.removeprefix("org.camfx.Error."), message


def environment(user):
    entry = pwd.getpwnam(user)
    bus = {name: os.environ[name] for name in ("DBUS_SYSTEM_BUS_ADDRESS",) if name in os.environ}      # where the machine has one of its own
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": entry.pw_dir, "USER": user, "LOGNAME": user,
            "XDG_RUNTIME_DIR": f"/run/user/{entry.pw_uid}", "DBUS_SESSION_BUS_ADDRESS": f"unix:path=/run/user/{entry.pw_uid}/bus", **bus}


def as_user(user):
    """What makes subprocess start a program as that user, with the user's groups of now."""
    entry = pwd.getpwnam(user)
    return {"user": user, "group": entry.pw_gid, "extra_groups": os.getgrouplist(user, entry.pw_gid), "env": environment(user), "cwd": "/"}


def run_as(user, *command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **as_user(user), **options)


class Person:
    """The bus name lives as long as this object; what it attached is detached when it goes.

    The process belongs to the user's service manager where there is one (ada and bob have one), as a session's programs do: by that polkit knows
    which session it is of.
    """

    def __init__(self, user):
        self.user, self.uid = user, pwd.getpwnam(user).pw_uid
        command = [sys.executable, str(HERE / "person_client.py")]
        if os.path.exists(f"/run/user/{self.uid}/bus"):
            command = ["systemd-run", "--user", "--pipe", "--quiet", "--collect", *command]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **as_user(user))
        self.pid = self._ask(do="pid")

    def _ask(self, **request):
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise AssertionError(f"{self.user}'s process ended with {self._process.wait()}")
        answer = json.loads(line)
        if "error" in answer:
            raise Refused(answer["error"], answer["message"])
        return answer["value"]

    def create(self, label="camfx", **options):
        """CreateDevice; returns the object's path. The call that loads the module ends the helper, which asks to be called again."""
        try:
            return self._ask(do="create", label=label, options=options)
        except Refused as refused:
            if "starts anew" not in refused.message:
                raise
        return wait_for(lambda: self._create_unless_ending(label, options), "the helper's return")

    def _create_unless_ending(self, label, options):
        """CreateDevice; None while the helper that asked to be called again is still the one that answers."""
        try:
            return self._ask(do="create", label=label, options=options)
        except Refused as refused:
            if refused.name.endswith("NoReply") or "starts anew" in refused.message:
                return None
            raise

    def remove(self, device):
        """Remove, once nobody watches any more: that is known 2 s after the last app closed the node."""
        wait_for(lambda: self._remove_unless_busy(device), f"the removal of {device}")

    def _remove_unless_busy(self, device):
        try:
            self.remove_now(device)
            return True
        except Refused as refused:
            if refused.name != "Busy":
                raise
            return False

    def remove_now(self, device):
        self._ask(do="call", path=device, method="Remove")

    def detach(self, device):
        self._ask(do="call", path=device, method="Detach")

    def get(self, device, name):
        return self._ask(do="get", path=device, interface=HELPER if device == ROOT_OBJECT else DEVICE, name=name)

    def devices(self):
        """Every device there is, with its properties."""
        return self._ask(do="devices")

    def attach(self, device, width, height, fps=30, share=2, dmabufs=False, **options):
        """Attaches a queue that shows `test:counter` until this object or the device goes. The helper takes frames from it while somebody watches."""
        self._ask(do="attach", path=device, width=width, height=height, fps=fps, share=share, dmabufs=dmabufs, options=options)

    def attach_hostile(self, device, kind, width, height):
        """Attaches something that breaks a rule; what there is: person_client.py."""
        self._ask(do="attach_hostile", path=device, kind=kind, width=width, height=height)

    def kill(self):
        """Ends the process as a crash does."""
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._process.stdin.close()
        self._process.wait(20)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()
