"""Writes results.json, and results.md from it."""
import json

from harness.row import Row


def number(value):
    if value is None:
        return "–"
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) >= 1 else f"{value:.3g}"


def _samples(row):
    if not row.samples:
        return f"failed: {row.failure}"
    text = f"{number(row.median)} {row.unit}"
    if len(row.samples) > 1:
        text += f" ({number(min(row.samples))}–{number(max(row.samples))})"
    return text


def _target(row):
    if row.at_most is None:
        return ""
    return f"{'<' if row.below else '≤'} {number(row.at_most)} {row.unit}"


VERDICT = {True: "met", False: "**missed**", None: ""}


def _table(rows):
    yield "| what | median (min–max) | target | |"
    yield "|---|--:|--:|---|"
    for row in rows:
        what = row.what if not row.note else f"{row.what} ({row.note})"
        yield f"| {what} | {_samples(row)} | {_target(row)} | {VERDICT[row.met]} |".replace("  ", " ")


def _figure(figure):
    yield f"## {figure['title']}"
    yield ""
    yield f"{figure['taken']}, load before it {figure['load']:.1f}, took {figure['seconds']:.0f} s."
    rows = [Row.from_json(row) for row in figure["rows"]]
    for group in dict.fromkeys(row.group for row in rows):
        yield ""
        if group:
            yield f"{group}:"
            yield ""
        yield from _table(row for row in rows if row.group == group)
    yield ""


def _markdown(results):
    machine = results["machine"]
    promised = [row for figure in results["figures"].values() for row in figure["rows"] if row["met"] is not None]
    yield "# Benchmarks"
    yield ""
    yield "Written by `make bench`. Peers run in turns with camfx in one run; a value is the median of its rounds with the smallest and largest"
    yield "beside it. Rows without a target are there to compare with."
    yield ""
    yield f"{machine['processor']}, {machine['cores']} cores, {machine['memory']}, {machine['system']}, Linux {machine['kernel']}; "\
          f"camfx at {machine['commit']}."
    yield ""
    yield ", ".join(f"{name} {version}" for name, version in machine["versions"].items()) + "."
    yield ""
    yield f"**{sum(row['met'] for row in promised)} of {len(promised)} targets met.**"
    yield ""
    for figure in results["figures"].values():
        yield from _figure(figure)


def write(results, folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "results.md").write_text("\n".join(_markdown(results)).rstrip("\n") + "\n", encoding="utf-8")


def line(row):
    """A row as one line for the terminal."""
    name = f"{row.group}: {row.what}" if row.group else row.what
    target = f", target {_target(row)}: {VERDICT[row.met].strip('*')}" if row.at_most is not None else ""
    return f"  {name}: {_samples(row)}{target}"
