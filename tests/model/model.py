#!/usr/bin/env python3
"""Checks docs/frame-queue.pml with Spin: each configuration holds, what is left out or broken is found, and the names are the code's.

Writes a result line a check to $RESULTS, if that is set, and prints one. `model.py NAME…` does only the checks with a NAME in their name.
"""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MODEL = ROOT / "docs/frame-queue.pml"
CODE = ROOT / "src/Camfx.Frames/Queue"
LIMIT = 300     # seconds for one search

# The longest first: two run at a time.
CONFIGURATIONS = ["GENERATIONS", "LEAVING", "SLEEPING", "LEASING", "JOINING", "CONTENDED", "HOSTILE"]

# What the properties look like in what the verifier says when one fails.
DRAWN = ("a held slot is drawn", r"held\[|begun==")
TORN = ("a frame is accepted that is torn or stale", r"pixels==|==\(\(learned")
OVERTAKEN = ("the newest frame cannot be had", r"!=word")
LOST = ("a frame is lost that was not revoked", r"choosing")
FULL = ("the writer finds no slot", r"candidate!=|rounds<=")
DEAD = ("a dead reader's lease does not come back", r"taken_back")
STALE = ("a word of one generation holds a slot of another", r"==learned\[")
TOUCHED = ("a page is touched that is gone", r"freed\[")
ASLEEP = ("somebody sleeps for ever", r"invalid end state")

MUTATIONS = [
    # fences
    ("LEASING", "NO_LeaseFence", DRAWN),
    ("LEASING", "NO_MarkFence", TORN),
    ("LEASING", "NO_ClearFence", DRAWN),
    ("LEASING", "NO_ReadFence", TORN),
    ("LEASING", "NO_CopyFence", TORN),
    ("LEASING", "NO_DescriptorFence", TORN),
    ("SLEEPING", "NO_WaitFence", ASLEEP),
    ("SLEEPING", "NO_AskFence", ASLEEP),
    ("SLEEPING", "NO_PublishFence", ASLEEP),
    ("JOINING", "NO_AddFence", DRAWN),
    ("JOINING", "NO_RemoveFence", TOUCHED),
    ("JOINING", "NO_EnterConsumersFence", TOUCHED),
    # releases and acquires
    ("LEASING", "NO_PublishReleases", TORN),
    ("LEASING", "NO_NewestRelease", OVERTAKEN),
    ("SLEEPING", "NO_WakeRelease", ASLEEP),
    ("CONTENDED", "NO_ClearRelease", TORN),
    ("LEASING", "NO_Acquires", TORN),
    # rules of the writer
    ("HOSTILE", "NO_SpareSlot", FULL),
    ("HOSTILE", "NO_Spent", FULL),
    ("HOSTILE", "NO_Share", FULL),
    ("LEASING", "CHOOSE_LOWEST", OVERTAKEN),
    ("LEASING", "NO_Mark", TORN),
    ("LEASING", "NO_IsLeasedNow", DRAWN),
    ("LEASING", "NO_Restore", LOST),
    ("LEASING", "NEWEST_FIRST", OVERTAKEN),
    ("CONTENDED", "REVOKES_LOCAL", TORN),
    ("LEASING", "DEAD_STAY", DEAD),
    # rules of the readers
    ("LEASING", "NO_CheckSequence", LOST),
    ("LEASING", "NO_ClearOnFailure", DRAWN),
    ("LEASING", "NO_ReleaseCheck", TORN),
    ("LEASING", "NO_SecondLook", TORN),
    # sleep
    ("SLEEPING", "NO_WakeChange", ASLEEP),
    ("SLEEPING", "NO_LastLook", ASLEEP),
    ("SLEEPING", "WAITING_LATE", ASLEEP),
    ("SLEEPING", "WAKE_READ_LATE", ASLEEP),
    # coming, going and moving
    ("JOINING", "NO_AwaitVisit", TOUCHED),
    ("JOINING", "SHARE_BACK_EARLY", FULL),
    ("GENERATIONS", "CLOSE_WAKES_LISTED", ASLEEP),
    ("GENERATIONS", "OLD_QUEUE", TORN),
    ("GENERATIONS", "SAME_PAGE", STALE),
    ("GENERATIONS", "SEQUENCE_KEPT", ASLEEP),
]

# Found only after millions of states: for these the optimised verifier is quicker, its build included.
DEEP = {"NO_LeaseFence", "NO_PublishFence", "SHARE_BACK_EARLY"}


def execute(folder, *command):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def search(configuration, mutation):
    """Builds and runs one verifier. Returns what it said of the first error, or None; a line of figures; whether it saw everything."""
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        made = execute(folder, "spin", "-a", *(f"-D{name}" for name in (configuration, mutation) if name), str(MODEL))
        if made.returncode or not pathlib.Path(folder, "pan.c").exists() or "rror:" in made.stdout:
            raise RuntimeError(f"spin: {made.stdout}{made.stderr}")
        level = "-O0" if mutation and mutation not in DEEP else "-O2"
        made = execute(folder, "gcc", level, "-w", "-DSAFETY", "-DNOFAIR", "-DMEMLIM=4000", "-o", "pan", "pan.c")
        if made.returncode:
            raise RuntimeError(f"gcc: {made.stderr}")
        output = execute(folder, "timeout", str(LIMIT), "./pan", "-m20000", f"-w{20 if mutation else 23}").stdout
    found = re.search(r"depth reached (\d+), errors: (\d+)", output)
    if not found:
        raise RuntimeError(f"pan ended without a result: {output[-500:]}")
    states = float(re.search(r"([\d.e+]+) states, stored", output).group(1))
    figures = f"{states:,.0f} states, depth {int(found.group(1)):,}, {time.monotonic() - begin:.1f} s"
    error = re.search(r"pan:1: (.*)", output) if int(found.group(2)) else None
    whole = not re.search(r"not completed|too small|MEMLIM|out of memory|timed out", output)
    return error and error.group(1), figures, whole


def check_configuration(name):
    error, figures, whole = search(name, None)
    fault = f"{error}, " if error else "" if whole else "the search is not complete, "
    return f"model {name}", not fault, fault + figures


def check_mutation(configuration, mutation, wanted):
    what, pattern = wanted
    name = f"model {configuration} without {mutation[3:]}" if mutation.startswith("NO_") else f"model {configuration} with {mutation}"
    error, figures, _ = search(configuration, mutation)
    if not error:
        return name, False, f"it was not found that {what}, {figures}"
    if not re.search(pattern, error):
        return name, False, f"expected that {what}, but: {error}, {figures}"
    return name, True, f"found: {what}, {figures}"


def methods():
    """Every method declared in the code: (type, name) -> whether a fence stands in it."""
    declaration = re.compile(r"^\s+(?:public|private|internal) [^=;({]*?\b(\w+)\((?!.*\bclass\b)")
    result = {}
    for path in CODE.rglob("*.cs"):
        current = None
        for line in path.read_text(encoding="utf-8").splitlines():
            if found := declaration.match(line):
                current = (path.name.split(".")[0], found.group(1))
                result.setdefault(current, False)
            if current and re.search(r"\b(Memory|Read|Write)Barrier\(\)", line.split("//")[0]):
                result[current] = True
    return result


def check_names():
    """Model and code must not drift apart: same step names, same fences at the same places, no mutation forgotten."""
    text, code, faults = MODEL.read_text(encoding="utf-8"), methods(), []
    names = {name for _, name in code}
    steps = re.findall(r"^(?:inline|#define) ([A-Z]\w*[a-z]\w*)\(", text, re.MULTILINE)
    cells = {"Sequence", "Pixels", "Newest", "Wake", "State", "Visits", "Waiting", "Listed", "Lease", "Word"}
    faults += [f"{step} is no method of the code" for step in steps if step not in names | cells]
    places = re.findall(r"^(?:#define | \* )(\w+Fence)\b.*?\b(\w+)\.(\w+)\b", text, re.MULTILINE)
    modelled = {(where, method) for _, where, method in places}
    faults += [f"the code has a fence in {'.'.join(place)}, the model none" for place in sorted(p for p, fence in code.items() if fence) if place not in modelled]
    faults += [f"the model has a fence in {'.'.join(place)}, the code none" for place in sorted(modelled) if not code.get(place)]
    tried = {mutation for _, mutation, _ in MUTATIONS}
    faults += [f"the fence {name} is never left out" for name, _, _ in places if f"NO_{name}" not in tried]
    switches = set(re.findall(r"\b(?:ifdef|ifndef|defined\()\s*(\w+)", text)) - set(CONFIGURATIONS)
    switches = {name for name in switches if not re.search(rf"^#define {name}\b", text, re.MULTILINE)}
    faults += [f"the switch {name} is never tried" for name in sorted(switches - tried)]
    faults += [f"the model has no switch {name}" for name in sorted(tried - switches)]
    return "model names", not faults, "; ".join(faults) or f"{len(set(steps))} steps and {len(places)} fences stand in the code"


def report(name, good, line):
    print("ok  " if good else "FAIL", f"{name}: {line}", flush=True)
    if "RESULTS" not in os.environ:
        return
    with open(os.environ["RESULTS"], "a", encoding="utf-8") as results:
        results.write(f"{'pass' if good else 'fail'}\t{name}\t{line}\n")
        if good and name.removeprefix("model ") in CONFIGURATIONS:
            results.write(f"note\t{name}\t{line}\n")


def guarded(check, *arguments):
    try:
        return check(*arguments)
    except RuntimeError as failure:
        return " ".join(["model", *arguments[:2]]), False, " ".join(str(failure).split())


def main():
    wanted = sys.argv[1:]

    def is_wanted(*names):
        return not wanted or any(want == name for want in wanted for name in names)

    work = [(check_configuration, name) for name in CONFIGURATIONS if is_wanted(name)]
    work += [(check_mutation, *mutation) for mutation in MUTATIONS if is_wanted(mutation[1])]
    good = True
    if is_wanted("names"):
        work.append((check_names,))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for result in pool.map(lambda item: guarded(*item), work):
            report(*result)
            good &= result[1]
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
