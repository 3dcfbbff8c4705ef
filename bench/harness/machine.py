"""The machine and the versions of everything a figure depends on."""
import os
import platform
import re
import subprocess
from pathlib import Path

PROGRAMS = {
    "ffmpeg": ["ffmpeg", "-version"],
    "GStreamer": ["gst-launch-1.0", "--version"],
    "PipeWire": ["pipewire", "--version"],
    "WirePlumber": ["wireplumber", "--version"],
    "Chromium": ["chromium", "--version"],
    "Firefox": ["firefox-esr", "--version"],
    "gcc": ["gcc", "--version"],
    ".NET SDK": ["dotnet", "--version"],
}


def _version(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"(?<![\w.-])\d+\.\d[\w.+~-]*", re.sub(r"\(.*?\)", "", done.stdout))
    return found.group() if found else None


def _field(path, name, separator):
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(separator)
        if key.strip() == name:
            return value.strip().strip('"')
    return "unknown"


def describe(root):
    kilobytes = int(_field("/proc/meminfo", "MemTotal", ":").split()[0])
    commit = subprocess.run(["git", "describe", "--always", "--dirty", "--exclude", "*"], cwd=root, capture_output=True, text=True, check=False)
    return {
        "commit": commit.stdout.strip(),
        "processor": _field("/proc/cpuinfo", "model name", ":"),
        "cores": os.cpu_count(),
        "memory": f"{kilobytes / 1048576:.0f} GiB",
        "kernel": platform.release(),
        "system": _field("/etc/os-release", "PRETTY_NAME", "="),
        "versions": {name: version for name, command in PROGRAMS.items() if (version := _version(command))},
    }
