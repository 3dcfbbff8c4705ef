#!/usr/bin/env python3
"""The ring `kernel`: each part of tests/kernel/parts in a freshly booted machine, two machines at a time. Writes result lines to $RESULTS.

ring.py [PART…] runs some parts only. CAMFX_SOAK=1 runs each test at its full count.
"""
import os
import pathlib
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SOAK = os.environ.get("CAMFX_SOAK") == "1"
PATIENCE = 4 * 3600 if SOAK else 900        # seconds after which a part hangs
# The longest first, so that the last to run is short.
PARTS = [("trixie", "session"), ("trixie", "kills"), ("trixie", "readers"), ("trixie", "people"), ("trixie", "doctor"), ("trixie", "cameras"),
         ("trixie", "v4l2"), ("trixie", "vivid"), ("bookworm", "old"), ("trixie", "desktop"), ("bookworm", "desktop"), ("bookworm", "v4l2_old"),
         ("trixie", "confined"), ("bookworm", "confined"), ("trixie", "first")]
# Of packaging/debian/tests, each in a machine that has never seen camfx, where dist/repo is its archive.
PACKAGES = [("trixie", "installed"), ("bookworm", "installed"), ("trixie", "broken"), ("bookworm", "broken")]
REPOSITORY = "dist/repo"
SUITE = "trixie"       # where a test runs when its name says nothing
TREE = "out/vm/tree"
PROBE = "out/vm/v4l2-probe"
_writing = threading.Lock()


def write(*lines):
    with _writing, open(os.environ["RESULTS"], "a", encoding="utf-8") as results:
        results.writelines(line + "\n" for line in lines)


def run(suite, part):
    """One part in one machine; its result lines go to $RESULTS, everything else it prints to the log."""
    began = time.monotonic()
    setup, script = f"cp -R --preserve=mode,links {TREE}/. / && eng/tell-system.sh", f"exec python3 tests/kernel/guest.py {part}"
    if (suite, part) in PACKAGES:
        setup, script = "tests/kernel/archive.sh >&2", f"exec packaging/debian/tests/{part}"
    done = subprocess.run(["tests/vm/run.py", "--suite", suite, "--timeout", str(PATIENCE), "--setup", setup, f"export CAMFX_SOAK={int(SOAK)}; {script}"],
                          cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
    lines = done.stdout.splitlines()
    results = [line for line in lines if line.split("\t")[0] in ("pass", "fail", "skip", "note")]
    if suite != SUITE:
        results = ["\t".join(f"{field} ({suite})" if number == 1 else field for number, field in enumerate(line.split("\t"))) for line in results]
    if done.returncode == 77:
        results.append(f"skip\tkernel {part} ({suite})\t{done.stderr.strip().splitlines()[-1].removeprefix('vm: ')}")
    elif done.returncode != 0 and not any(line.startswith("fail") for line in results):
        said = (done.stderr.strip().splitlines() or [""])[-1].removeprefix("vm: ")
        results.append(f"fail\tkernel {part} ({suite})\tits machine ended with {done.returncode}: {said}")
    write(*results)
    with _writing:
        print(f"== {suite} {part}: {time.monotonic() - began:.0f} s", *lines, done.stderr, sep="\n", flush=True)


def main():
    wanted = [(suite, part) for suite, part in PACKAGES + PARTS if not sys.argv[1:] or part in sys.argv[1:]]
    if not (ROOT / REPOSITORY).is_dir():
        missing = [f"skip\tkernel {part} ({suite})\t{REPOSITORY} is not there; make deb makes it" for suite, part in wanted if (suite, part) in PACKAGES]
        write(*missing)
        wanted = [pair for pair in wanted if pair not in PACKAGES]
    (ROOT / "out/vm").mkdir(parents=True, exist_ok=True)
    subprocess.run(["rm", "-rf", TREE], cwd=ROOT, check=True)
    subprocess.run(["eng/install-tree.sh"], cwd=ROOT, check=True, env={**os.environ, "DESTDIR": TREE, "PREFIX": "/usr"})
    if any(part.startswith("v4l2") for _, part in wanted):
        subprocess.run(["dotnet", "publish", "tests/Camfx.V4L2.Probe", "-c", "Release", "-o", PROBE, "-nologo", "-v", "quiet"], cwd=ROOT, check=True)
    for suite in sorted({suite for suite, _ in wanted}):    # each image once, before two machines want it
        subprocess.run(["tests/vm/run.py", "--suite", suite, "--prepare"], cwd=ROOT, check=False)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda part: run(*part), wanted))


if __name__ == "__main__":
    sys.exit(main())
