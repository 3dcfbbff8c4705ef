"""User-Mode Linux: a kernel with video drivers as a process, which runs programs at the machine's own speed."""
import json
import os
import pathlib
import subprocess

from harness.bench import OUT, ROOT

MISSING = ("CAMFX_UML_KERNEL is not set: it names a folder with `linux`, a User-Mode Linux kernel with HOSTFS, DEVTMPFS, TMPFS, UDMABUF and VIDEO_DEV, and "
           "`modules/lib/modules/…` with v4l2loopback and vivid")


def measure(rounds, only=""):
    """The lines that bench/uml/measure.py prints, run inside."""
    kernel = os.environ.get("CAMFX_UML_KERNEL")
    if not kernel:
        raise RuntimeError(MISSING)
    folder = pathlib.Path(kernel).resolve()
    results = OUT / "uml"
    results.mkdir(parents=True, exist_ok=True)
    for old in results.iterdir():
        old.unlink()
    # One processor: a switch between the kernel and its programs then wakes no other one. Memory of its own lies in a file that is mapped.
    subprocess.run(["taskset", "-c", "0", str(folder / "linux"), "mem=4G", "root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro", "con=null", "con0=null,fd:1",
                    "quiet", "panic=-1", "seccomp=on", f"init={ROOT / 'bench/uml/init'}", f"checkout={ROOT}", f"modules={folder / 'modules'}", f"results={results}",
                    f"rounds={rounds}", f"only={only}"],
                   env={**os.environ, "TMPDIR": "/dev/shm"}, stdin=subprocess.DEVNULL, stdout=open(results / "console", "wb"), stderr=subprocess.STDOUT,
                   timeout=1800, check=False)
    if not (results / "results").exists():
        log = results / "log"
        text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else (results / "console").read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"User-Mode Linux gave no result: {text.strip()[-500:]}")
    return [json.loads(line) for line in (results / "results").read_text(encoding="utf-8").splitlines()]
