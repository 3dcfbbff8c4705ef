#!/usr/bin/env python3
"""guest.py PART [TEST…]   runs one part of the ring `kernel`, or some of its tests, inside a machine where camfx is installed.

Prints one result line per test (eng/test.sh); what went wrong besides goes to stderr.
"""
import importlib
import subprocess
import sys
import time
import traceback

from outcome import Skipped


def run(tests, words):
    """Runs those whose names have one of the words, all if there are none. Returns 1 if one failed."""
    failed = 0
    for test in tests:
        name = test.__name__.replace("_", " ")
        if words and not any(word in name for word in words):
            continue
        began = time.monotonic()
        try:
            test()
            print(f"pass\t{name}", flush=True)
        except Skipped as reason:
            print(f"skip\t{name}\t{reason}", flush=True)
        except Exception as error:      # whatever it is, it is this test's result, and the others still run
            failed = 1
            text = " ".join(f"{type(error).__name__}: {error}".split())
            print(f"fail\t{name}\t{text[:400]}", flush=True)
            traceback.print_exc()
            for units in (["-u", "camfx-helper", "-u", "camfx-modules"], ["_SYSTEMD_USER_UNIT=camfx.service", "+", "USER_UNIT=camfx.service"]):
                log = subprocess.run(["journalctl", "--no-pager", "-q", "-o", "short-monotonic", "-n", "25", *units], capture_output=True, text=True, check=False)
                print(log.stdout, file=sys.stderr)
        print(f"   {name}: {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)
    return failed


def main():
    run(importlib.import_module(f"parts.{sys.argv[1]}").TESTS, sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
