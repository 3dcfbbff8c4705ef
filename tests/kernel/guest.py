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


def main():
    part = importlib.import_module(f"parts.{sys.argv[1]}")
    for test in part.TESTS:
        name = test.__name__.replace("_", " ")
        if sys.argv[2:] and not any(word in name for word in sys.argv[2:]):
            continue
        began = time.monotonic()
        try:
            test()
            print(f"pass\t{name}", flush=True)
        except Skipped as reason:
            print(f"skip\t{name}\t{reason}", flush=True)
        except Exception as error:      # whatever it is, it is this test's result, and the others still run
            text = " ".join(f"{type(error).__name__}: {error}".split())
            print(f"fail\t{name}\t{text[:400]}", flush=True)
            traceback.print_exc()
            log = subprocess.run(["journalctl", "--no-pager", "-o", "short-monotonic", "-n", "25", "-u", "camfx-helper", "-u", "camfx-modules"],
                                 capture_output=True, text=True, check=False)
            print(log.stdout, file=sys.stderr)
        print(f"   {name}: {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
