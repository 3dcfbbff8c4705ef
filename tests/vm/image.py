"""The machine's image and its snapshot: where they lie, when they are made anew."""
import fcntl
import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
QEMU = "qemu-system-x86_64"


class Unable(Exception):
    """This computer cannot run the machine; the message says why and what to do."""


def cache():
    return pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "camfx"


class Image:
    """A Debian release as a bootable disk, kept under the cache folder as long as nothing it is made from changes."""

    def __init__(self, suite):
        recipe = hashlib.sha256(suite.encode())
        for path in [HERE / "image.sh", HERE / "packages.list", *sorted((HERE / "guest").iterdir())]:
            recipe.update(path.read_bytes())
        self.suite = suite
        self.folder = cache() / f"vm-{suite}-{recipe.hexdigest()[:12]}"

    def __truediv__(self, name):
        return self.folder / name

    def make(self):
        """Makes the image if it is not there; older ones of the suite go."""
        if not shutil.which(QEMU):
            raise Unable(f"{QEMU} is not installed (apt install qemu-system-x86)")
        cache().mkdir(parents=True, exist_ok=True)
        with open(cache() / f"vm-{self.suite}.lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if (self / "root.ext4").exists():
                return
            if os.geteuid() != 0:
                raise Unable("the image of the test machine can only be made by root; run it once as root, with XDG_CACHE_HOME as it is")
            for tool in ("mmdebstrap", "mke2fs"):
                if not shutil.which(tool):
                    raise Unable(f"{tool} is not installed (apt install mmdebstrap e2fsprogs)")
            for old in cache().glob(f"vm-{self.suite}-*"):
                shutil.rmtree(old)
            new = pathlib.Path(f"{self.folder}.new")
            shutil.rmtree(new, ignore_errors=True)
            try:
                subprocess.run([HERE / "image.sh", self.suite, new], check=True)
            except subprocess.CalledProcessError as error:
                raise Unable(f"the image could not be made: {error}; see {new}/build.log") from error
            new.rename(self.folder)

    def accelerator(self):
        """kvm where the processor really runs this kernel under it, else tcg: /dev/kvm alone promises nothing in a nested machine."""
        if choice := os.environ.get("CAMFX_VM_ACCEL"):
            return choice
        if not os.access("/dev/kvm", os.W_OK):
            return "tcg"
        boot = pathlib.Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        known = self / f"kvm-{boot}"
        if not known.exists():
            with tempfile.NamedTemporaryFile() as console:
                try:        # without a disk the kernel can only panic, and does so at once where it runs at all
                    subprocess.run([QEMU, "-accel", "kvm", "-cpu", "host", "-m", "256", "-nodefaults", "-display", "none", "-no-reboot",
                                    "-kernel", self / "vmlinuz", "-append", "console=ttyS0 quiet panic=-1", "-serial", f"file:{console.name}"],
                                   timeout=6, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                except subprocess.TimeoutExpired:
                    pass
                works = b"Kernel panic" in pathlib.Path(console.name).read_bytes()
            for old in self.folder.glob("kvm-*"):
                old.unlink()
            known.write_text("kvm" if works else "tcg", encoding="ascii")
        return known.read_text(encoding="ascii")
