"""Every conversion beside libswscale's fastest path, from Camfx.Bench."""
import re

from harness.row import Row

TITLE = "Conversions: 1920x1080, one thread, beside libswscale's fastest path"
PIPELINE = {
    ("Yuyv", "I420"), ("Nv12", "I420"), ("I422", "I420"), ("Uyvy", "I420"),
    ("I420", "Yuyv"), ("I420", "Nv12"), ("I420", "Bgra"),
}
LINE = re.compile(r"\| (\w+) → (\w+) \| ([\d.]+) \(([\d.]+)–([\d.]+)\) \| ([\d.]+) \(([\d.]+)–([\d.]+)\) \|")


def measure(bench):
    found = [LINE.match(line) for line in bench.managed("conversion").splitlines()]
    found = [match for match in found if match]
    if not found:
        raise RuntimeError("Camfx.Bench printed no conversion")
    rows = [_row(*match.groups()) for match in found]
    return sorted(rows, key=lambda row: row.group, reverse=True)


def _row(source, target, ours, ours_least, ours_most, theirs, theirs_least, theirs_most):
    used = (source, target) in PIPELINE
    return Row(f"{source} → {target}", "×", [float(ours) / float(theirs)], at_most=1 if used else 2,
               note=f"camfx {ours} µs ({ours_least}–{ours_most}), libswscale {theirs} µs ({theirs_least}–{theirs_most})",
               group="Used by the pipeline" if used else "The rest")
