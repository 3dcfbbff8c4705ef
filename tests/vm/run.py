#!/usr/bin/env python3
"""run.py [--suite SUITE] [--user NAME] [--share FOLDER] [--timeout SECONDS] [--setup SCRIPT] [--cold] [--verbose] SCRIPT
run.py --prepare [--suite SUITE]

Runs a bash script in a Debian machine with real kernel modules and passes its output and exit status through. The script's folder is
/mnt/host, which is FOLDER (the checkout) on this computer. The machine's disk is read-only: each run starts from the same state, and
runs may go side by side. The image is made when it is missing (root, a minute or two), then a snapshot of the booted machine, from which
later runs start in two seconds; --cold boots all the same. The set-up script runs before the other one, and as root. --prepare makes both and runs nothing.

Exit status: the script's; 124 when the time was over; 125 when the machine failed; 77 when this computer cannot run one.
CAMFX_VM_ACCEL=kvm|tcg chooses how the machine runs, CAMFX_VM_MEMORY its memory in MiB (2048), CAMFX_VM_CONSOLE=FILE keeps its console.
"""
import argparse
import json
import os
import pathlib
import select
import socket
import subprocess
import sys
import tempfile
import time

from image import HERE, QEMU, Image, Unable

SUITE = "trixie"


class Ended(Exception):
    """The machine ended by itself, as it does when its kernel panics; the message says what is known."""


class Machine:
    """One run of the machine: from the start of QEMU to its end."""

    def __init__(self, image, folder, share, snapshot):
        self._folder = pathlib.Path(folder)
        self._accelerator = image.accelerator()
        self._saved = image / f"snapshot-{self._accelerator}"
        for name in ("control.in", "control.out", "out", "err"):
            os.mkfifo(self._folder / name)
        settings = self._settings(image)
        self._key = json.dumps([settings, os.stat(image / "root.ext4").st_mtime, subprocess.check_output([QEMU, "--version"], text=True)])
        incoming = []
        self.restored = snapshot and self._key_of_snapshot() == self._key
        if self.restored:
            incoming = ["-incoming", f"exec:cat '{self._saved}.memory'"]
        self._console = pathlib.Path(os.environ.get("CAMFX_VM_CONSOLE") or self._folder / "console")
        self._errors = open(self._folder / "qemu.err", "w+", encoding="utf-8")
        self._qemu = subprocess.Popen(
            [QEMU, *settings, *incoming, "-serial", f"file:{self._console}",
             "-fsdev", f"local,id=host,path={share},security_model=none,multidevs=remap",
             "-chardev", f"pipe,id=control,path={self._folder}/control",
             *(word for name in ("out", "err") for word in ("-chardev", f"file,id={name},path={self._folder}/{name}")),
             "-qmp", f"unix:{self._folder}/qmp,server=on,wait=off"], stdin=subprocess.DEVNULL, stderr=self._errors)
        # Opened for both ways: opening blocks on nobody, and nobody's closing is an end.
        self._requests = os.open(self._folder / "control.in", os.O_RDWR)
        self._answers = os.open(self._folder / "control.out", os.O_RDWR | os.O_NONBLOCK)
        self._streams = {os.open(self._folder / name, os.O_RDWR | os.O_NONBLOCK): to
                         for name, to in (("out", sys.stdout.buffer), ("err", sys.stderr.buffer))}
        self._partial = b""

    def _settings(self, image):
        if self._accelerator == "kvm":
            accelerator, kernel = ["-accel", "kvm", "-cpu", "host"], ""
        else:
            # The emulated clock is trusted: the kernel would measure it against others, and find each too slow.
            accelerator = ["-accel", "tcg,thread=multi,tb-size=512", "-cpu", "max"]
            kernel = "tsc=reliable clocksource=tsc no_timer_check mitigations=off nokaslr "
        ports = [word for name in ("control", "out", "err") for word in ("-device", f"virtserialport,chardev={name},name=camfx.{name}")]
        return ["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", *accelerator, "-machine", "pc,usb=off,vmport=off,hpet=off",
                "-m", os.environ.get("CAMFX_VM_MEMORY", "2048"), "-smp", "2", "-kernel", str(image / "vmlinuz"), "-initrd", str(image / "initrd"),
                "-append", f"console=ttyS0 quiet loglevel=4 panic=-1 {kernel}systemd.show_status=0 audit=0 selinux=0 random.trust_cpu=on",
                "-drive", f"if=none,id=root,file={image / 'root.ext4'},format=raw,readonly=on,cache=unsafe,aio=threads",
                "-device", "virtio-blk-pci,drive=root", "-device", "virtio-9p-pci,fsdev=host,mount_tag=host", "-device", "virtio-serial-pci", *ports]

    def _key_of_snapshot(self):
        try:
            return pathlib.Path(f"{self._saved}.key").read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def ask(self, **request):
        os.write(self._requests, json.dumps(request).encode() + b"\n")

    def _pump(self, timeout):
        """Passes on what the script wrote, for at most that long; returns the answers that came."""
        ready = select.select([self._answers, *self._streams], [], [], timeout)[0]
        answers = []
        for descriptor in ready:
            data = os.read(descriptor, 65536)
            if descriptor != self._answers:
                self._streams[descriptor].write(data)
                self._streams[descriptor].flush()
                continue
            *lines, self._partial = (self._partial + data).split(b"\n")
            answers += [json.loads(line) for line in lines]
        return answers

    def wait(self, key, deadline):
        """The answer with that key; what the script writes meanwhile is passed on."""
        while self._qemu.poll() is None:
            for answer in self._pump(1):
                if key in answer:
                    return answer[key]
            if time.monotonic() > deadline:
                raise TimeoutError
        self._errors.seek(0)
        console = self._console.read_text(encoding="utf-8", errors="replace") if self._console.exists() else ""
        print(f"vm: its console ended:\n{console[-4000:]}", file=sys.stderr)
        raise Ended(f"the machine ended without an answer, QEMU with {self._qemu.returncode}: {self._errors.read()[-800:].strip()}")

    def save(self):
        """Saves the running machine's memory beside the image."""
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(f"{self._folder}/qmp")
        with connection.makefile("rw", encoding="utf-8") as monitor:
            def command(name, **arguments):
                monitor.write(json.dumps({"execute": name, "arguments": arguments}) + "\n")
                monitor.flush()
                while line := json.loads(monitor.readline()):
                    if "error" in line:
                        raise Unable(f"QEMU refused {name}: {line['error']['desc']}")
                    if "return" in line:
                        return line["return"]

            monitor.readline()      # its greeting
            command("qmp_capabilities")
            command("migrate-set-parameters", **{"max-bandwidth": 8 << 30})
            # Not stopped before: a machine that is saved stopped comes back stopped.
            command("migrate", uri=f"exec:cat > '{self._saved}.new'")
            while (status := command("query-migrate")["status"]) not in ("completed", "failed"):
                time.sleep(0.3)
            command("quit")
        if status == "failed":
            raise Unable("QEMU could not save the machine's memory")
        os.replace(f"{self._saved}.new", f"{self._saved}.memory")
        pathlib.Path(f"{self._saved}.key").write_text(self._key, encoding="utf-8")

    def end(self):
        """Waits for the machine to power off, or makes it; passes on what is still in the pipes."""
        try:
            self._qemu.wait(15)
        except subprocess.TimeoutExpired:
            self._qemu.kill()
            self._qemu.wait()
        while any(os.get_blocking(descriptor) is False and select.select([descriptor], [], [], 0)[0] for descriptor in self._streams):
            self._pump(0)

    def kill(self):
        if self._qemu.poll() is None:
            self._qemu.kill()
            self._qemu.wait()


def boot(image, share, snapshot, act):
    """Starts a machine, lets act do its work with it and makes sure that it ended."""
    with tempfile.TemporaryDirectory(prefix="camfx-vm.") as folder:
        machine = Machine(image, folder, share, snapshot)
        try:
            return act(machine)
        finally:
            machine.kill()


def prepare(image):
    """Makes the image and the snapshot if they are missing."""
    image.make()

    def save(machine):
        if machine.restored:
            return
        machine.ask(warm=(HERE / "warm.sh").read_text(encoding="utf-8"))
        machine.wait("warm", time.monotonic() + 300)
        machine.save()

    boot(image, HERE, True, save)


def run(image, arguments):
    began = time.monotonic()

    def command(machine):
        machine.ask(run=arguments.script, user=arguments.user, setup=arguments.setup, time=time.time())
        deadline = time.monotonic() + arguments.timeout
        machine.wait("started", deadline)
        started = time.monotonic()
        status = machine.wait("exit", deadline)
        ended = time.monotonic()
        machine.end()
        if arguments.verbose:
            print(f"vm: {'restored' if machine.restored else 'booted'} in {started - began:.1f} s, script {ended - started:.1f} s", file=sys.stderr)
        return status

    return boot(image, arguments.share, not arguments.cold, command)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n", maxsplit=1)[0], add_help=True)
    parser.add_argument("--suite", default=os.environ.get("CAMFX_VM_SUITE", SUITE))
    parser.add_argument("--user", default="root")
    parser.add_argument("--share", default=str(HERE.parent.parent))
    parser.add_argument("--timeout", type=float, default=600)
    parser.add_argument("--setup", default="true")
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--prepare", action="store_true")
    parser.add_argument("script", nargs="?")
    arguments = parser.parse_args()
    if not arguments.prepare and arguments.script is None:
        parser.error("a script is missing")
    try:
        image = Image(arguments.suite)
        prepare(image)
        return 0 if arguments.prepare else run(image, arguments)
    except TimeoutError:
        print(f"vm: stopped after {arguments.timeout:.0f} s", file=sys.stderr)
        return 124
    except Ended as error:
        print(f"vm: {error}", file=sys.stderr)
        return 125
    except Unable as error:
        print(f"vm: {error}", file=sys.stderr)
        return 77


if __name__ == "__main__":
    sys.exit(main())
