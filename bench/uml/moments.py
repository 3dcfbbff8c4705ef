"""Inside User-Mode Linux: how long apps are without a picture when the helper is killed, and when a camera is unplugged and plugged in."""
import os
import random
import signal
import threading
import time

import camfx_queue
import counter
import video
from parts import cameras
from helper import ROOT

WIDTH, HEIGHT, FPS = 640, 480, 30
KILLS, UNPLUGS = 8, 3
CARD_FONTS = 5      # seconds in which camfx has found the fonts of its first card; it looks for them when it has pictures


class Watcher:
    """An app that plays a node: when each frame came, when it was written, and whether it was the film's."""

    def __init__(self, path):
        self._path, self._stop, self._news = path, False, threading.Condition()
        self.frames = []
        self._thread = threading.Thread(target=self._watch)

    def _watch(self):
        with video.Node(self._path) as node:
            node.start()
            while not self._stop:
                frame = node.frame()
                with self._news:
                    self.frames.append((time.monotonic(), frame.time / 1e6, counter.read(frame.data, WIDTH, HEIGHT) is not None))
                    self._news.notify_all()

    def first_since(self, moment, film=False):
        """When the first frame came that was written after a moment."""
        def found():
            return next((came for came, written, shows in self.frames if written > moment and (shows or not film)), None)
        with self._news:
            if not self._news.wait_for(found, 30):
                raise RuntimeError("no frame comes any more")
            return found()

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop = True
        self._thread.join()


def returned(client, helper):
    device = client.create("camfx", width=WIDTH, height=HEIGHT, fps=float(FPS), backend="v4l2loopback")
    path = client.get(device, "Path")
    client.attach(device, WIDTH, HEIGHT, FPS)
    with Watcher(path) as watcher:
        for _ in range(KILLS):
            watcher.first_since(time.monotonic(), film=True)
            time.sleep(random.random())
            before, pid, began = helper.owner, helper.pid, time.monotonic()
            os.kill(pid, signal.SIGKILL)
            while helper.owner in (None, before):
                caps = video.ask(path).caps
                if not caps & video.CAP_CAPTURE or caps & video.CAP_OUTPUT:
                    raise RuntimeError(f"without a helper the node is no camera any more: {caps:#x}")
                time.sleep(0.002)
            yield "name on the bus", (time.monotonic() - began) * 1e3
            yield "next frame", (watcher.first_since(began) - began) * 1e3
            yield "next frame of the film", (watcher.first_since(began, film=True) - began) * 1e3
    client.remove(device)


def unplugged(node):
    cameras.CAMFX = str(ROOT / "out/bin/camfx")
    with cameras.Shown(f"camera:{node}") as shown:
        shown.see(0)
        time.sleep(CARD_FONTS)
        for _ in range(UNPLUGS):
            began = time.monotonic()
            cameras.unplug()
            yield "card", (shown.see(camfx_queue.PLACEHOLDER)[0] - began) * 1e3
            time.sleep(1)
            began = time.monotonic()
            cameras.plug()
            yield "picture", (shown.see(0)[0] - began) * 1e3
            time.sleep(1)
