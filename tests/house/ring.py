#!/usr/bin/env python3
"""The ring `house`: `make run` and `make install` as a user meets them. Writes result lines (eng/test.sh) to $RESULTS."""
import os
import pathlib
import pty
import select
import signal
import subprocess
import sys
import tempfile
import time

import installed
import packaged
from skipped import Skipped

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PATIENCE = 30       # seconds after which something hangs; nothing is expected to take that long


class Terminal:
    """A command on a terminal of its own, as in a shell window."""

    def __init__(self, command, **environment):
        self.output = ""
        self._ends_at = time.monotonic() + PATIENCE
        try:
            self.pid, self._terminal = pty.fork()
        except OSError as error:
            raise Skipped(f"no terminal can be made here: {error}") from error
        if self.pid == 0:
            os.chdir(ROOT)
            os.execvpe(command[0], command, {**os.environ, **environment})

    def read_until(self, text):
        """Reads until the text came (True) or the command closed its terminal (False)."""
        while text is None or text not in self.output:
            if not select.select([self._terminal], [], [], max(0, self._ends_at - time.monotonic()))[0]:
                os.kill(self.pid, signal.SIGKILL)
                raise AssertionError(f"{text or 'its end'} did not come within {PATIENCE} s: {self.output[-500:]}")
            try:
                data = os.read(self._terminal, 4096)
            except OSError:         # EIO: the other side is closed
                data = b""
            if not data:
                return False
            self.output += data.decode(errors="replace")
        return True

    def press_control_c(self):
        os.write(self._terminal, b"\x03")

    def end(self):
        """Waits for the end and returns the exit status, negative for a signal."""
        self.read_until(None)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def processes_in(folder):
    """The processes that live in a session of that runtime folder."""
    mark = f"XDG_RUNTIME_DIR={folder}\0".encode()
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if mark in (entry / "environ").read_bytes() + b"\0":
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip())
        except OSError:
            continue            # it went meanwhile, or is not ours to see
    return found


def run_camera():
    """`eng/run.sh` where no PipeWire session answers; returns it and its runtime folder once the camera runs."""
    with tempfile.TemporaryDirectory() as empty:
        run = Terminal(["eng/run.sh", "--source", "test:ball"], XDG_RUNTIME_DIR=empty, PIPEWIRE_RUNTIME_DIR=empty)
        assert run.read_until("autovideosink"), f"it does not say where the picture can be seen: {run.output}"
    folder = run.output.split("XDG_RUNTIME_DIR=")[1].split()[0]
    assert run.read_until("test:ball"), f"the camera shows no status: {run.output}"
    return run, folder


def expect_nothing_left(folder):
    left = processes_in(folder)
    assert not left, f"processes are left: {left}"
    assert not os.path.exists(folder), f"{folder} is left"


def make_run_ends_with_control_c_and_leaves_nothing():
    run, folder = run_camera()
    run.press_control_c()
    status = run.end()
    assert status == 0, f"exit {status}: {run.output[-500:]}"
    expect_nothing_left(folder)


def make_run_ends_when_terminated_and_leaves_nothing():
    run, folder = run_camera()
    os.kill(run.pid, signal.SIGTERM)
    run.end()
    expect_nothing_left(folder)


def install_asks_apt_nothing_when_all_is_there():
    with tempfile.TemporaryDirectory() as tools:
        for name in ("apt-get", "apt-cache", "sudo"):
            tool = pathlib.Path(tools, name)
            tool.write_text(f'#!/bin/sh\necho "{name} $*" >>"{tools}/calls"\nexit 1\n', encoding="utf-8")
            tool.chmod(0o755)
        done = subprocess.run(["eng/install.sh", "build", "run", "test"], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE,
                              env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"})
        calls = pathlib.Path(tools, "calls")
        assert not calls.exists(), f"it called {calls.read_text(encoding='utf-8')}"
        assert done.returncode == 0 and not done.stdout, f"exit {done.returncode}: {done.stdout}{done.stderr}"


TESTS = [install_asks_apt_nothing_when_all_is_there, make_run_ends_with_control_c_and_leaves_nothing,
         make_run_ends_when_terminated_and_leaves_nothing, *installed.TESTS, *packaged.TESTS]


def main():
    with open(os.environ["RESULTS"], "a", encoding="utf-8") as results:
        for test in TESTS:
            name = test.__name__.replace("_", " ")
            try:
                test()
                results.write(f"pass\t{name}\n")
            except Skipped as reason:
                results.write(f"skip\t{name}\t{reason}\n")
            except (AssertionError, OSError, ValueError, subprocess.SubprocessError) as error:
                results.write(f"fail\t{name}\t{' '.join(str(error).split())[:400]}\n")


if __name__ == "__main__":
    sys.exit(main())
