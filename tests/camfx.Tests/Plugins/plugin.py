#!/usr/bin/python3
"""A plug-in for the tests: copies each frame and marks its last row, in the way the first argument says.

mark: as it should be. late: takes 0.2 s a frame. die: exits with 3 after 10 frames. stop: stops itself after 10 frames. eat: takes a gigabyte
of memory after 10 frames. rubbish: overwrites its queue's header after 10 frames. size: gives pictures of another size. mute: does nothing at
all. fork: starts a process that only sleeps, tells its number, and exits. stubborn: as mark, but ignores SIGTERM and the end of its queue.
A second argument is a file to which each run adds its process id.
"""
import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "sdk" / "python"))
import camfx_queue

MARK = 77
MODE = sys.argv[1]
if len(sys.argv) > 2:
    with open(sys.argv[2], "a", encoding="ascii") as runs:
        print(os.getpid(), file=runs)


def misbehave(out):
    if MODE == "die":
        sys.exit(3)
    if MODE == "stop":
        os.kill(os.getpid(), signal.SIGSTOP)
    if MODE == "eat":
        eaten = [bytearray(b"x") * (1 << 24) for _ in range(64)]  # a gigabyte, if nobody stops it
        print(len(eaten), "blocks eaten")
    if MODE == "rubbish":
        out._map[0x80:0x88] = b"\xff" * 8
        out._wake_word.value += 1


def layer():
    with camfx_queue.connect(os.environ["CAMFX_IN"], "YU12", leases=1) as frames:
        width, height = frames.format.width, frames.format.height
        if MODE == "size":
            width *= 2
        with camfx_queue.produce(os.environ["CAMFX_OUT"], width, height, fps=frames.frame_rate) as out:
            run(frames, out)


def run(frames, out):
    count = 0
    while True:
        out.poll()
        if not frames.wait(timeout=0.1):
            continue
        frame = frames.acquire()
        if frame is None:
            continue
        if MODE == "size":
            frame.release()
            continue
        picture = out.begin()
        for plane in range(3):
            picture.plane(plane)[:] = frame.plane(plane)
        picture.plane(0)[-frames.format.width:] = bytes([MARK]) * frames.format.width
        picture.capture_time, picture.presentation_time = frame.capture_time, frame.presentation_time
        frame.release()
        if MODE == "late":
            time.sleep(0.2)
        count += 1
        out.publish(picture)
        if count >= 10:
            misbehave(out)


if MODE == "mute":
    time.sleep(600)
elif MODE == "fork":
    print(f"child {subprocess.Popen(['/bin/sleep', '600']).pid}", flush=True)
elif MODE == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        layer()
    except camfx_queue.QueueError:
        time.sleep(600)
else:
    layer()
