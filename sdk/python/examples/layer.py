# SPDX-License-Identifier: MIT
"""A layer: each frame of the queue at $CAMFX_IN, its brightness turned round, goes to the queue at $CAMFX_OUT with the times it came with."""
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import camfx_queue

INVERTED = bytes(max(0, 251 - value) for value in range(256))  # limited range: 16 to 235


def run(frames, out):
    # A tenth of a second without a frame is used to see who is at the door.
    while True:
        if not frames.wait(timeout=0.1):
            out.poll()
            continue
        frame = frames.acquire()
        if frame is None:
            continue
        picture = out.begin()
        for plane in range(frame.format.planes):
            pixels = frame.plane(plane)
            picture.plane(plane)[:] = bytes(pixels).translate(INVERTED) if plane == 0 else pixels
        picture.capture_time, picture.presentation_time, picture.flags = frame.capture_time, frame.presentation_time, frame.flags
        picture.matrix, picture.range = frame.format.matrix, frame.format.range
        if frame.release():
            out.publish(picture)
        else:
            out.abandon()


def main():
    try:
        with camfx_queue.connect(os.environ["CAMFX_IN"], "YU12", leases=1) as frames:
            with camfx_queue.produce_like(os.environ["CAMFX_OUT"], frames) as out:
                run(frames, out)
    except KeyError as missing:
        sys.exit(f"layer: {missing} must name a socket")
    except camfx_queue.QueueError as failure:
        sys.exit(f"layer: {failure}")


main()
