"""What tests say besides passing and failing."""
import os
import time

SOAK = os.environ.get("CAMFX_SOAK") == "1"


class Skipped(Exception):
    """This machine cannot run the test; the message says why."""


def note(name, text):
    """A line that everybody should see, such as a figure."""
    print(f"note\t{name}\t{text}", flush=True)


def times(full, short):
    """How often a test repeats what it does: in full by `make soak`, less in `make test-kernel`."""
    return full if SOAK else short


def wait_for(what, text, seconds=120, pause=0.05):
    """Waits until what() is true and returns it; the limit is generous and only ends a hang. Who asks other processes pauses for longer."""
    ends = time.monotonic() + seconds
    while not (found := what()):
        if time.monotonic() > ends:
            raise AssertionError(f"{text} did not happen within {seconds} s")
        time.sleep(pause)
    return found
