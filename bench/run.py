#!/usr/bin/env python3
"""run.py [--only NAME]… [--quick]   measures what the project promises, beside its peers, and writes results.md and results.json.

--only keeps the other figures of the last run; --quick takes one short round each, to try a figure out, and writes to out/bench.
"""
import argparse
import importlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from harness import machine, pages, report      # noqa: E402
from harness.bench import OUT, ROOT, Bench      # noqa: E402
from harness.row import Row                     # noqa: E402

FIGURES = ["start", "memory", "idle", "steady", "cpu_counter", "cpu_file", "queue", "transport", "conversions", "effects", "device", "service", "browsers"]


def take(name, bench):
    """Measures one figure; what fails is a result as well."""
    module = importlib.import_module(f"figures.{name}")
    print(f"{name}: {module.TITLE}", flush=True)
    load, begin = os.getloadavg()[0], time.monotonic()
    rows = []
    try:
        for row in module.measure(bench):
            rows.append(row)
            print(report.line(row), flush=True)
    except (RuntimeError, OSError, ValueError, KeyError, subprocess.SubprocessError) as error:
        rows.append(Row("the rest", "", [], at_most=0, failure=f"{type(error).__name__}: {error}"))
        print(report.line(rows[-1]), flush=True)
    summary = list(module.summary(rows)) if hasattr(module, "summary") else []
    return {"title": module.TITLE, "taken": time.strftime("%Y-%m-%d %H:%M"), "load": load, "seconds": time.monotonic() - begin,
            "rows": [row.to_json() for row in rows], "summary": summary}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=FIGURES, metavar="NAME", help=", ".join(FIGURES))
    parser.add_argument("--quick", action="store_true")
    arguments = parser.parse_args()

    folder = OUT if arguments.quick else ROOT / "bench"
    bench = Bench(arguments.quick)
    if not os.access(bench.camfx, os.X_OK):
        print(f"bench: {bench.camfx} is not there; build it with make build.", file=sys.stderr)
        return 1
    before = {}
    if arguments.only and (folder / "results.json").exists():
        before = json.loads((folder / "results.json").read_text(encoding="utf-8"))["figures"]

    results = {"machine": machine.describe(ROOT), "figures": {}}
    for name in FIGURES:
        if arguments.only and name not in arguments.only:
            if name in before:
                results["figures"][name] = before[name]
            continue
        results["figures"][name] = take(name, bench)
        report.write(results, folder)
    report.write(results, folder)
    if not arguments.quick:
        pages.fill(ROOT, results)
    print(f"bench: {folder.relative_to(ROOT) / 'results.md'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
