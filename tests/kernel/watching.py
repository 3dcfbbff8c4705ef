"""What an app that plays a device sees of what happens meanwhile."""
import os
import time

import leftovers
from outcome import note
from service import FPS, Viewer


class Watching:
    """An app of that service's user watches while something is done: the film goes on, at worst with cards in it, and the node stays the one it was."""

    def __init__(self, service, what):
        self._what, self._path = what, service.node_when_ready()
        self._node = os.stat(self._path).st_ino
        self._viewer = Viewer(service.user, self._path)
        self._start = 0

    def __enter__(self):
        self._viewer.__enter__()
        try:
            self._viewer.sees("counter", "the film")
        except BaseException:
            self._viewer.__exit__()
            raise
        self._start = len(self._viewer.seen) - 1
        return self._viewer

    def __exit__(self, kind, *_):
        with self._viewer as viewer:
            if kind:
                return
            viewer.sees("counter", f"the film after {self._what}")
        seen = viewer.seen[self._start:]
        assert os.stat(self._path).st_ino == self._node, f"{self._path} is another node than before {self._what}"
        times = [frame["time"] for frame in seen]
        assert times == sorted(times), "time went back"
        cards = sum(frame["shows"] == "card" for frame in seen)
        longest = max(late - early for early, late in zip(times, times[1:])) / 1e6
        note(f"{self._what} while an app watches", f"{cards} cards among {len(seen)} frames, {FPS} a second; at most {longest:.1f} s between two frames")
        assert not leftovers.failed_units(), leftovers.failed_units()


def note_return(who, killed, started):
    """How long it was away: killed at that moment, started by systemd at that one (in microseconds), at work now.

    systemd's share is the unit's; the rest is the program's start, which an emulated machine makes a hundred times longer.
    """
    waited = int(started) / 1e6 - killed
    note(f"the {who} after its end", f"systemd started it after {waited:.2f} s, and it was at work {time.monotonic() - killed - waited:.1f} s later")
