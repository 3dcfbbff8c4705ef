"""The frame queue: publishing, and waking other processes beside a C twin, from Camfx.Bench."""
import json

from harness.row import Row

TITLE = "Frame queue: publish, and publish → another process awake"


def measure(bench):
    rows = json.loads(bench.managed("queue", *(["--quick"] if bench.quick else [])))
    return [Row(row["what"], row["unit"], row["samples"], row.get("at_most"), note=row.get("note", "")) for row in rows]
