"""What camfx-helper needs around it inside User-Mode Linux, where no systemd runs."""
import os
import pathlib
import subprocess
import sys
import time

import dbus

ROOT = pathlib.Path(__file__).resolve().parents[2]
MANAGER = ROOT / "tests/camfx-helper.Tests/Service/manager.py"
BUS = "unix:path=/run/bus"
NAME = "org.camfx.Helper1"


def start(*command, **environment):
    return subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=sys.stderr, env={**os.environ, **environment})


class Helper:
    """A system bus, something that says yes as polkit does, something that starts the helper and keeps its descriptors as systemd does, and the helper."""

    def __init__(self):
        pathlib.Path("/run/bus.conf").write_text(f"""<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
            "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd"><busconfig><type>system</type><listen>{BUS}</listen><auth>EXTERNAL</auth>
            <policy context="default"><allow send_destination="*"/><allow own="*"/><allow eavesdrop="false"/><allow user="*"/></policy></busconfig>""",
                                                 encoding="utf-8")
        os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = BUS
        self._processes = [start("dbus-daemon", "--config-file=/run/bus.conf", "--nofork")]
        self._wait(lambda: os.path.exists("/run/bus"))
        self._processes.append(start(sys.executable, ROOT / "bench/uml/polkit.py"))
        os.mkdir("/run/camfx-helper")
        # With the environment of its unit.
        self._processes.append(start(sys.executable, MANAGER, "/run/notify", ROOT / "out/bin/camfx-helper", RUNTIME_DIRECTORY="/run/camfx-helper",
                                     DOTNET_EnableDiagnostics="0"))
        self._bus = dbus.SystemBus(private=True)
        self._wait(lambda: self._bus.name_has_owner(NAME) and self._bus.name_has_owner("org.freedesktop.PolicyKit1"))

    @property
    def owner(self):
        """The bus's own name for the process that is the helper now; None: nobody is."""
        try:
            return self._bus.get_name_owner(NAME)
        except dbus.DBusException:
            return None

    @property
    def pid(self):
        return int(self._bus.call_blocking("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixProcessID", "s", (NAME,)))

    @staticmethod
    def _wait(what):
        ends = time.monotonic() + 30
        while not what():
            if time.monotonic() > ends:
                raise RuntimeError("the bus or the helper does not start")
            time.sleep(0.2)
