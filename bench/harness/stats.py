"""The lines of `camfx run --stats`."""
import json


def parse(lines):
    """The reports among the lines, oldest first."""
    return [json.loads(line) for line in lines if line.startswith("{")]


def latest(lines):
    reports = parse(lines[-2:])
    return reports[-1] if reports else None


def published(lines):
    report = latest(lines)
    return report["published"] if report else 0
