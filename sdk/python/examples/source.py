# SPDX-License-Identifier: MIT
"""A camera's source: a bright square that wanders over a gradient.   python3 source.py hello, then: camfx run --source queue:hello"""
import pathlib
import signal
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import camfx_queue

WIDTH, HEIGHT, SIDE = 1280, 720, 180


def bounce(frame, step, room):
    """Where a point is that goes to and fro between 0 and room, some pixels a frame."""
    at = frame * step % (2 * room)
    return at if at < room else 2 * room - at


def draw(picture, frame, background):
    """The gradient is copied whole, the square row by row: Python moves bytes fast, but not one at a time."""
    luma = picture.plane(0)
    luma[:] = background
    left, top = bounce(frame, 7, WIDTH - SIDE), bounce(frame, 5, HEIGHT - SIDE)
    for y in range(top, top + SIDE):
        luma[y * WIDTH + left:y * WIDTH + left + SIDE] = b"\xeb" * SIDE
    for plane in (1, 2):
        chroma = picture.plane(plane)
        chroma[:] = bytes([96 + (frame + 64 * plane) % 64]) * len(chroma)


def main():
    background = b"".join(bytes([16 + 160 * y // HEIGHT]) * WIDTH for y in range(HEIGHT))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        with camfx_queue.produce(sys.argv[1] if len(sys.argv) > 1 else "hello", WIDTH, HEIGHT, fps=30) as producer:
            while True:
                with producer.frame() as picture:
                    draw(picture, producer.sequence, background)
                producer.pace()
    except KeyboardInterrupt:
        pass
    except camfx_queue.QueueError as failure:
        sys.exit(f"source: {failure}")


main()
