"""The picture `test:counter` (docs/test-patterns.md) in YUYV: drawn by a queue of our own, read from what a node shows."""
import time
from collections import namedtuple

LINES, ROWS, BITS = 4, 32, 16
COLOURS = [(82, 90, 240), (145, 54, 34), (41, 240, 110)]

Reading = namedtuple("Reading", "counter time")


def draw(plane, width, number):
    """Draws the blocks of frame `number` into a YUYV plane; the colour below them stays."""
    now = time.time_ns() // 1_000_000 & 0xFFFFFFFF
    stride, block = width * 2, width // BITS
    for line, word in enumerate((now >> 16, now & 0xFFFF, number & 0xFFFF, ~number & 0xFFFF)):
        row = b"".join(bytes((235 if word >> bit & 1 else 16, 128)) * block for bit in reversed(range(BITS)))
        plane[line * ROWS * stride:(line + 1) * ROWS * stride] = row * ROWS


def fill(plane, width, height, colour):
    """Fills what lies below the blocks with a colour."""
    y, u, v = COLOURS[colour % 3]
    below = width * 2 * LINES * ROWS
    plane[below:width * 2 * height] = bytes((y, u, y, v)) * (width // 2 * (height - LINES * ROWS))


def read(data, width, height):
    """What a YUYV frame says; None when it is no counter, e.g. a placeholder. AssertionError when it is torn."""
    if len(data) < width * 2 * height:
        raise AssertionError(f"a frame of {len(data)} bytes instead of {width * 2 * height}")
    words = []
    for line in range(LINES):
        row, word = (line * ROWS + ROWS // 2) * width * 2, 0
        for bit in range(BITS):
            value = data[row + (width // BITS * bit + width // BITS // 2) * 2]
            if value not in (16, 235):
                return None
            word = word << 1 | (value > 127)
        words.append(word)
    high, low, counter, complement = words
    if counter ^ complement != 0xFFFF:
        raise AssertionError(f"a torn frame: counter {counter:#x}, complement {complement:#x}")
    return Reading(counter, high << 16 | low)
