"""The picture effects beside FFmpeg's filters, from Camfx.Bench."""
import re

from harness.row import Row

TITLE = "Effects: 1920x1080, one thread, beside the filter of FFmpeg that does the same"
LINE = re.compile(r"\| ([^|]+) \| ([\d.]+) \(([\d.]+)–([\d.]+)\) \| ([\d.]+) \(([\d.]+)–([\d.]+)\) \| [\d.]+ \| (.+) \|")

# A third of FFmpeg's time is promised, half of it for tables of colours. Scaling is beside swscale's own kernels. FFmpeg's zoompan moves by whole pixels, so that it can scale and its picture jerks;
# kenburns takes each sample from its place.
AT_MOST = {"lut 33": 1 / 2, "zoom": 1, "kenburns": 5}


def measure(bench):
    found = [LINE.match(line) for line in bench.managed("effects", *(["--quick"] if bench.quick else [])).splitlines()]
    found = [match for match in found if match]
    if not found:
        raise RuntimeError("Camfx.Bench printed no effect")
    return [_row(*match.groups()) for match in found]


def _row(name, ours, ours_least, ours_most, theirs, theirs_least, theirs_most, graph):
    return Row(name, "×", [float(ours) / float(theirs)], at_most=AT_MOST.get(name, 1 / 3),
               note=f"camfx {ours} µs ({ours_least}–{ours_most}), FFmpeg {theirs} µs ({theirs_least}–{theirs_most}): {graph}")
